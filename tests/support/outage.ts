import { connect, createServer, type Server, type Socket } from 'node:net';
import { vi } from 'vitest';
import { freePort } from './site';

/** How many times faster or slower. */
const FACTOR = 20;
/** The original function of the platform. */
const timeout = AbortSignal.timeout.bind(AbortSignal);

/** Makes timeouts of this process longer, so that nothing times out on a busy machine. */
export function takeYourTime(): void {
  AbortSignal.timeout = (milliseconds) => timeout(milliseconds * FACTOR);
}

/**
 * Makes timeouts and pauses of this process shorter. Use it only while something is broken and would
 * be waited for until the timeout: with short timeouts, calls that work could time out.
 *
 * @returns restores the normal timeouts
 */
export function hurry(): () => void {
  const { setTimeout } = globalThis;
  const before = AbortSignal.timeout;
  globalThis.setTimeout = new Proxy(setTimeout, {
    apply: (target, self, [callback, milliseconds = 0, ...rest]) =>
      Reflect.apply(target, self, [callback, milliseconds / FACTOR, ...rest]),
  });
  AbortSignal.timeout = (milliseconds) => timeout(milliseconds / FACTOR);
  return () => {
    globalThis.setTimeout = setTimeout;
    AbortSignal.timeout = before;
  };
}

/**
 * Holds back the response to the next call that a site in this process makes to its user pool. This
 * lets a test simulate a slow response without waiting.
 *
 * @returns `answered` resolves when the pool has responded; `release` passes the response to the site
 */
export function holdNextCall(): { answered: Promise<void>; release(): void } {
  let release = () => {};
  let tell = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const answered = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const { fetch } = globalThis;
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementationOnce(async (...call) => {
    spy.mockRestore();
    const answer = await fetch(...call);
    tell();
    await released;
    return answer;
  });
  return { answered, release };
}

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
