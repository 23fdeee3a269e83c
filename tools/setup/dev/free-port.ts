import { createServer } from 'node:net';

/** Next listens on every address, the browser asks one of the loopback ones: all must be free. */
const ADDRESSES = ['::', '0.0.0.0', '127.0.0.1', '::1'];

/**
 * The wanted port, or a free one if something listens there already.
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
  if (tried.kind !== 'free') throw new Error('No free port was found on 127.0.0.1.');
  return tried.port;
}

type Tried = { kind: 'free'; port: number } | { kind: 'taken' } | { kind: 'no-such-address' };

function tryToListen(port: number, host: string): Promise<Tried> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      // A machine without IPv6 has no ::1, which takes no port either.
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
