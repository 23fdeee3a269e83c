import { createServer, type Server } from 'node:net';

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
