import { createServer, request, type Server } from 'node:http';
import { comeBack } from '../../../tests/support/expired';
import {
  freePort,
  type RunningSite,
  type SiteOptions,
  startServer,
  startSite,
} from '../../../tests/support/site';
import { createVisitor } from '../../../tests/support/visitor';

/** Several instances of the built site that share only an address. */
export interface Cluster extends RunningSite {
  /** The address of each instance. */
  readonly instances: readonly string[];
  /** The process ID of each instance. */
  readonly pids: readonly number[];
}

/**
 * Starts the site several times behind a load balancer that sends each request to the next instance.
 *
 * @param count how many instances
 * @param options as for `startSite`
 */
export async function startCluster(count: number, options: SiteOptions = {}): Promise<Cluster> {
  const instances: string[] = [];
  const balancer = await listen(balance(instances));
  const first = await startSite({ ...options, publicOrigin: originOf(balancer) });
  const ports = await Promise.all(Array.from({ length: count - 1 }, freePort));
  const more = await Promise.all(ports.map((port) => startServer(port, first.environment)));
  instances.push(first.address, ...ports.map((port) => `http://localhost:${port}`));
  return {
    ...first,
    instances,
    pids: [...first.pids, ...more.map((server) => server.pid)],
    output: () => [first, ...more].map((server) => server.output()).join('\n'),
    close: async () => {
      balancer.closeAllConnections();
      balancer.close();
      await Promise.all([first, ...more].map((server) => server.close()));
    },
  };
}

/**
 * Lets each instance render the profile once, so that a race test does not measure cold starts.
 *
 * @param cluster as started
 */
export async function warmUp(cluster: Cluster): Promise<void> {
  const { cookies } = await comeBack(cluster, { username: 'bob', ago: 10 });
  for (const instance of cluster.instances) {
    const { status } = await createVisitor(instance, cookies).open('/profile');
    if (status !== 200) throw new Error(`An instance responded with ${status}.`);
  }
}

function balance(instances: readonly string[]): Server {
  let turn = 0;
  return createServer((incoming, outgoing) => {
    const target = instances[turn++ % instances.length] ?? '';
    const { method, headers, url } = incoming;
    const onward = request(`${target}${url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.writableEnded || outgoing.destroy());
    incoming.pipe(onward);
  });
}

function listen(server: Server): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, () => resolve(server));
  });
}

function originOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The balancer has no port.');
  return `http://localhost:${address.port}`;
}
