import { parseArgs } from 'node:util';

/** Where the site of `npm run dev` listens. */
export interface DevOptions {
  readonly port: number;
  readonly host: string;
}

export const USAGE = `npm run dev [-- [--port <port>] [--host <address>]]

  --port  the site's port; by default PORT, or 3000
  --host  the address to listen on; by default 127.0.0.1, which only this machine can reach. With
          0.0.0.0, anyone on your network can open the site, but not the pages for developers`;

/** Browsers find it as localhost, too. */
const LOOPBACK = '127.0.0.1';

/**
 * Reads the options of `npm run dev`.
 *
 * @param args the command line, without node and the script
 * @param envPort the value of PORT
 * @returns the options, or what is wrong with them
 */
export function readOptions(
  args: readonly string[],
  envPort: string | undefined,
): DevOptions | { problem: string } {
  const given = readArgs(args);
  if ('problem' in given) return given;
  const [name, text] = given.port === undefined ? ['PORT', envPort] : ['--port', given.port];
  const port = parseSitePort(text);
  if (port === null) {
    return { problem: `${name} is "${text}", which is not a port. Use a number from 1 to 65535.` };
  }
  if (given.host === '') return { problem: '--host is empty. Use an address, such as 0.0.0.0.' };
  return { port, host: given.host ?? LOOPBACK };
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
  if (text === '') return 3000;
  const port = Number(text);
  return /^\d+$/.test(text) && port >= 1 && port <= 65535 ? port : null;
}
