import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { load } from '@/tools/workshop/bench/load';

let server: Server | undefined;
afterEach(() => server?.close());

/** A site of one answer, on a free port of loopback. */
async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

const EIGHT = { requests: 8, concurrency: 4 };

test('every request is a document’s, and has the next of the cookies', async () => {
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

test('without a session no cookie is sent', async () => {
  const seen: (string | undefined)[] = [];
  const origin = await serve(({ headers }, response) => {
    seen.push(headers.cookie);
    response.end();
  });
  await load({ origin, path: '/', cookies: [], status: 200 }, EIGHT);
  expect(seen).toEqual(Array.from({ length: 8 }));
});

test('so many at a time, and no more, on as many connections', async () => {
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
  ['a page of nobody', 200, 'a page'],
])('%s, once, ends it: such an answer costs something else', async (_, status, body) => {
  let count = 0;
  const origin = await serve((_request, response) => {
    count += 1;
    if (count === 5) response.writeHead(status).end(body);
    else response.end('a page of alice@example.com');
  });
  const target = { origin, path: '/me', cookies: ['a=1'], status: 200, text: 'alice@example.com' };
  await expect(load(target, EIGHT)).rejects.toThrow(`${origin}/me should answer 200`);
});
