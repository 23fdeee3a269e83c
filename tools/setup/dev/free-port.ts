import { createServer } from 'node:net';

/** Next listens on all addresses, and browsers use a loopback address: the port must be free on all. */
const ADDRESSES = ['::', '0.0.0.0', '127.0.0.1', '::1'];

/**
 * Returns the wanted port, or another free one if it is in use.
 *
 * @param wanted 1 to 65535
 */
export async function freePort(wanted: number): Promise<number> {
  return (await isFree(wanted)) ? wanted : await anyFreePort();
}

async function isFree(port: number): Promise<boolean> {
  for (const address of ADDRESSES) {
    if ((await tryToListen(port, address)).kind === 'taken') return false;
  }
  return true;
}

async function anyFreePort(): Promise<number> {
  const tried = await tryToListen(0, '127.0.0.1');
  if (tried.kind !== 'free')
    throw new Error('No free port found on 127.0.0.1. Stop another program and try again.');
  return tried.port;
}

type Tried = { kind: 'free'; port: number } | { kind: 'taken' } | { kind: 'no-such-address' };

function tryToListen(port: number, host: string): Promise<Tried> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      // On a machine without IPv6, ::1 doesn't exist, so nothing can use the port there.
      const noAddress = error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT';
      resolve({ kind: noAddress ? 'no-such-address' : 'taken' });
    });
    server.listen(port, host, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve({ kind: 'free', port: bound }));
    });
  });
}
