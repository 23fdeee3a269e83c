import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from './site';

/** A proxy in front of a port. While it is shut, it refuses connections, as a host that is down does. */
export interface ClosablePort {
  readonly origin: string;
  shut(): Promise<void>;
  open(): Promise<void>;
}

/**
 * Starts an open proxy in front of a port.
 *
 * @param target returns the port; called for each connection
 */
export async function openClosablePort(target: () => number): Promise<ClosablePort> {
  const port = await freePort();
  let server: Server | undefined;
  const sockets = new Set<Socket>();

  function shut(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    const closing = server;
    server = undefined;
    return new Promise((resolve) => (closing ? closing.close(() => resolve()) : resolve()));
  }

  async function open(): Promise<void> {
    if (server) return;
    server = createServer((incoming) => {
      const outgoing = connect(target(), '127.0.0.1');
      for (const socket of [incoming, outgoing]) {
        sockets.add(socket);
        socket.on('error', () => {}).on('close', () => sockets.delete(socket));
      }
      incoming.on('close', () => outgoing.destroy());
      outgoing.on('close', () => incoming.resetAndDestroy());
      incoming.pipe(outgoing).pipe(incoming);
    });
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', () => resolve()));
  }

  await open();
  return { origin: `http://127.0.0.1:${port}`, shut, open };
}
