import { createServer } from 'node:http';

/** Another server, which must not receive any request. */
export interface Listener {
  /** `host:port` */
  readonly host: string;
  /** The request lines so far. */
  visits(): string[];
  close(): Promise<void>;
}

/** Listens on a free loopback port. */
export async function listen(): Promise<Listener> {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(`${request.method} ${request.url}`);
    response.end('visited');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  return {
    host: `127.0.0.1:${port}`,
    visits: () => visits,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
