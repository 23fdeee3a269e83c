import { connect, type Socket } from 'node:net';

/**
 * Starts a request and leaves it unfinished, as a slow or hostile client does.
 *
 * @param origin of the site
 * @param lines of the head, without the empty line
 * @param start of the body
 * @returns the connection, which the caller must destroy
 */
export function hold(origin: string, lines: string[], start: string): Socket {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  // The server may hang up first.
  socket.on('error', () => {});
  socket.write(`${lines.join('\r\n')}\r\n\r\n${start}`);
  return socket;
}
