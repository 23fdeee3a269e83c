import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { load } from '@/tools/workshop/bench/load';

let server: Server | undefined;
afterEach(() => server?.close());

/** Starts a site with one request handler, on a free loopback port. */
async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

const EIGHT = { requests: 8, concurrency: 4 };

test('every request looks like a browser’s for a document, and uses the next cookie', async () => {
  const seen: (string | undefined)[] = [];
  const origin = await serve(({ headers }, response) => {
    seen.push(headers.cookie);
    response.statusCode = headers['sec-fetch-dest'] === 'document' ? 200 : 500;
    response.end('a page');
  });
  const target = { origin, path: '/', cookies: ['a=1', 'a=2'], status: 200, text: 'page' };
  const { latencies } = await load(target, EIGHT);
  expect(latencies).toHaveLength(8);
  expect(seen.filter((cookie) => cookie === 'a=1')).toHaveLength(4);
  expect(seen.filter((cookie) => cookie === 'a=2')).toHaveLength(4);
});

test('no cookie is sent without a session', async () => {
  const seen: (string | undefined)[] = [];
  const origin = await serve(({ headers }, response) => {
    seen.push(headers.cookie);
    response.end();
  });
  await load({ origin, path: '/', cookies: [], status: 200 }, EIGHT);
  expect(seen).toEqual(Array.from({ length: 8 }));
});

test('a load never has more requests or connections open than its concurrency', async () => {
  let open = 0;
  let most = 0;
  const sockets = new Set<unknown>();
  const origin = await serve((request, response) => {
    sockets.add(request.socket);
    open += 1;
    most = Math.max(most, open);
    setImmediate(() => {
      open -= 1;
      response.end();
    });
  });
  await load({ origin, path: '/', cookies: [], status: 200 }, { requests: 40, concurrency: 4 });
  expect(most).toBeLessThanOrEqual(4);
  expect(sockets.size).toBe(4);
});

test.each([
  ['another status', 302, 'a page of alice@example.com'],
  ['a page without the user', 200, 'a page'],
])(
  'a single response with %s ends the load, because its cost would mean nothing',
  async (_, status, body) => {
    let count = 0;
    const origin = await serve((_request, response) => {
      count += 1;
      if (count === 5) response.writeHead(status).end(body);
      else response.end('a page of alice@example.com');
    });
    const target = {
      origin,
      path: '/me',
      cookies: ['a=1'],
      status: 200,
      text: 'alice@example.com',
    };
    await expect(load(target, EIGHT)).rejects.toThrow(`${origin}/me should return 200`);
  },
);

test('a view that should refresh a session ends the load if it sets no cookie', async () => {
  const origin = await serve((_request, response) => response.end('a page'));
  const target = { origin, path: '/', cookies: ['a=1'], status: 200, setsCookie: true } as const;
  await expect(load(target, EIGHT)).rejects.toThrow('should set a cookie');
});
