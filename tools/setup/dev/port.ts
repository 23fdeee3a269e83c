import { createServer, type Server } from 'node:net';
import { parseArgs } from 'node:util';

/** Where the site of `npm run dev` listens. */
export interface DevOptions {
  readonly port: number;
  /** Somebody relies on this port: if it is in use, the command ends instead of using the next one. */
  readonly isFixed: boolean;
  readonly host: string;
}

export const USAGE = `npm run dev [-- [--port <port>] [--host <address>]]

  --port  the site's port; by default PORT, or the first free one from 3000 on. A port that you choose is
          never replaced: if it is in use, the command says so and ends. With a real user pool, the default
          is the port of COGNITO_REDIRECT_URI
  --host  the address to listen on; by default 127.0.0.1, which only this machine can reach. Use 0.0.0.0
          in a container or a virtual machine whose port you forward. The site's address is still
          http://localhost, because the user pool redirects there`;

const DEFAULT_PORT = 3000;

/** Browsers find it as localhost, too. */
const LOOPBACK = '127.0.0.1';

/** With any other address, the site would not respond at localhost, where the user pool redirects to. */
const HOSTS = [LOOPBACK, 'localhost', '0.0.0.0', '::'];

/**
 * Reads the options of `npm run dev`.
 *
 * @param args the command line, without node and the script
 * @param envPort the value of PORT
 * @param callbackPort the port that the user pool redirects to on this machine, if any
 * @returns the options, or what is wrong with them
 */
export function readOptions(
  args: readonly string[],
  envPort: string | undefined,
  callbackPort?: number,
): DevOptions | { problem: string } {
  const given = readArgs(args);
  if ('problem' in given) return given;
  const [name, text] = given.port === undefined ? ['PORT', envPort] : ['--port', given.port];
  const isChosen = (text ?? '').trim() !== '';
  const port = isChosen ? parseSitePort(text) : (callbackPort ?? DEFAULT_PORT);
  if (port === null) {
    return { problem: `${name} is "${text}", which is not a port. Use a number from 1 to 65535.` };
  }
  const { host = LOOPBACK } = given;
  if (!HOSTS.includes(host)) {
    return { problem: `--host is "${host}". Use 127.0.0.1, or 0.0.0.0 if you forward the port.` };
  }
  return { port, isFixed: isChosen || callbackPort !== undefined, host };
}

function readArgs(args: readonly string[]): { port?: string; host?: string } | { problem: string } {
  const options = {
    port: { type: 'string', short: 'p' },
    host: { type: 'string', short: 'H' },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Reads the site's port.
 *
 * @param value the value of PORT
 * @returns the port, 3000 if PORT isn't set, or null if it isn't a valid port
 */
export function parseSitePort(value: string | undefined): number | null {
  const text = (value ?? '').trim();
  if (text === '') return DEFAULT_PORT;
  const port = Number(text);
  return /^\d+$/.test(text) && port >= 1 && port <= 65535 ? port : null;
}

/**
 * The port that a redirect URI needs on this machine.
 *
 * @param redirectUri the value of COGNITO_REDIRECT_URI
 * @returns undefined if it isn't set, isn't a URL, or leads elsewhere
 */
export function loopbackPortOf(redirectUri: string | undefined): number | undefined {
  const text = redirectUri?.trim() ?? '';
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'http:') return undefined;
  if (!['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) return undefined;
  return url.port === '' ? 80 : Number(url.port);
}

/**
 * Explains that the port is in use, and what to do.
 *
 * @param options the options
 */
export function portTaken({ port, isFixed }: DevOptions): string {
  if (!isFixed) return `No port from ${port} on is free. Choose another one with -- --port <port>.`;
  return [
    `Nothing was started: port ${port} is in use.`,
    '',
    'Stop the program that uses it, or choose another port with -- --port <port> or PORT. With a real user',
    'pool, the port must be that of COGNITO_REDIRECT_URI.',
  ].join('\n');
}

/** Next listens on all addresses, and browsers use a loopback address: the port must be free on all. */
const ADDRESSES = ['::', '0.0.0.0', '127.0.0.1', '::1'];

/** How many ports `freePort` tries. */
const TRIES = 50;

/** Far from the ports of sites, and below those that systems assign. */
const CLAIM_DISTANCE = 20_000;

/** A port for the site that no other `npm run dev` takes. */
export interface ClaimedPort {
  /** 1 to 65535 */
  readonly port: number;
  /** Ends the claim. Call it when the site listens. */
  release(): void;
}

/**
 * Finds the first free port, and claims it. Next opens the port a second later: without a claim, two sites
 * that start at the same moment would choose the same one. The claim is another port, which the system
 * closes even if this process crashes.
 *
 * @param first the first port to try, 1 to 65535
 * @param tries how many ports to try; 1 for only the first
 * @returns the port, or null if none of them is free
 */
export async function claimPort(first: number, tries = TRIES): Promise<ClaimedPort | null> {
  for (let port = first; port < first + tries && port <= 65535; port += 1) {
    const at = port + (port > 65535 - CLAIM_DISTANCE ? -CLAIM_DISTANCE : CLAIM_DISTANCE);
    const claim = await tryToListen(at, '127.0.0.1');
    if (claim.kind !== 'listening') continue;
    if (await isFree(port)) return { port, release: () => claim.server.close() };
    claim.server.close();
  }
  return null;
}

/** Whether nothing listens on a port, on any address of this machine. */
async function isFree(port: number): Promise<boolean> {
  for (const address of ADDRESSES) {
    const tried = await tryToListen(port, address);
    if (tried.kind === 'taken') return false;
    if (tried.kind === 'listening') await closed(tried.server);
  }
  return true;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

type Tried =
  | { kind: 'listening'; server: Server }
  | { kind: 'taken' }
  | { kind: 'no-such-address' };

function tryToListen(port: number, host: string): Promise<Tried> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      // On a machine without IPv6, ::1 doesn't exist, so nothing can use the port there.
      const noAddress = error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT';
      resolve({ kind: noAddress ? 'no-such-address' : 'taken' });
    });
    server.listen({ port, host, exclusive: true }, () => {
      // A claim must not keep this process running.
      server.unref();
      resolve({ kind: 'listening', server });
    });
  });
}
