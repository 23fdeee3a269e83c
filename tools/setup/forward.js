// For compose.yaml: `node tools/setup/forward.js 9340 9339` takes connections on every address of its own
// container and passes them on to a port of its loopback. The local user pool listens on loopback only,
// where a published port does not reach; the host publishes this one on its own loopback.
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/**
 * Passes connections on. Both ends close together.
 * @param {number} from the port to listen on; 0 takes a free one
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
  // The first process of a container has no default for these.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
}
