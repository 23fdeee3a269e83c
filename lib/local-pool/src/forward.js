// For compose.yaml: `node lib/local-pool/src/forward.js 9340 9339` accepts connections on all addresses of its
// container and forwards them to a port on the container's loopback. The local user pool listens only on
// loopback, which Docker cannot publish. The host publishes this port on its own loopback instead.
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/**
 * Forwards connections. Both ends close together.
 * @param {number} from the port to listen on; 0 for any free port
 * @param {number} to the port on 127.0.0.1
 * @returns {import('node:net').Server}
 */
export function forward(from, to) {
  const server = createServer((incoming) => {
    const outgoing = connect(to, '127.0.0.1');
    incoming.on('error', () => outgoing.destroy()).on('close', () => outgoing.destroy());
    outgoing.on('error', () => incoming.destroy()).on('close', () => incoming.destroy());
    incoming.pipe(outgoing).pipe(incoming);
  });
  return server.listen(from);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [from, to] = process.argv.slice(2).map(Number);
  forward(from, to);
  // The first process of a container ignores these signals by default.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
}
