/** What a stranger can send to a Node server, before Next sees it. */
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bodyLimit } from '@/lib/cognito/requests/body-limit';
import { cleaned } from '@/lib/cognito/requests/clean-output';
import { hasTooManyParts, readForm, readUpload } from '@/lib/cognito/requests/read-form';
import { send } from '../support/http';
import { ENV } from './support';

Object.assign(process.env, ENV);
// A build would say which pages have Server Actions.
vi.spyOn(process, 'cwd').mockReturnValue('/nowhere');

let server: Server;
let origin = '';
/** What reached the server behind the gate. */
let arrived: { url: string | undefined; headers: NodeJS.Dict<unknown>; body: string }[] = [];
beforeAll(async () => {
  const { normalizeRequests } = await import('@/lib/cognito/requests/normalize-requests');
  normalizeRequests();
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { url, headers } = request;
    arrived.push({ url, headers, body: Buffer.concat(chunks).toString() });
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    if (url === '/elsewhere') response.setHeader('location', 'https://shop.example/');
    response.setHeader('content-range', url === '/beyond' ? 'bytes */325' : 'none');
    response.writeHead(url === '/beyond' ? 500 : 200).end('Internal Server Error');
  });
  await new Promise<void>((resolve) => void server.listen(0, resolve));
  const address = server.address();
  origin = `http://localhost:${address && typeof address === 'object' ? address.port : 0}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  arrived = [];
  vi.spyOn(console, 'warn').mockReturnValue();
});

const LIMIT = 1_000_000;
const post = (path: string, headers: Record<string, string>, body = '') =>
  send(origin, { method: 'POST', path, headers, body });

describe('a body', () => {
  test.each([{}, { 'transfer-encoding': 'chunked' }])(
    'of the limit arrives whole, %j',
    async (how) => {
      const body = `${'x'.repeat(LIMIT - 1)}y`;
      expect((await post('/upload', { ...how }, body)).status).toBe(200);
      expect(arrived.map((each) => each.body === body)).toEqual([true]);
    },
  );

  test.each([{}, { 'transfer-encoding': 'chunked' }])(
    'over the limit is a 413, %j',
    async (how) => {
      const answer = await post('/upload', { ...how }, 'x'.repeat(LIMIT + 1));
      expect([answer.status, arrived]).toEqual([413, []]);
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    },
  );

  test('that is announced as too large is refused before it is sent', async () => {
    const answer = await post('/upload', { 'content-length': '100000000' }, 'x');
    expect([answer.status, arrived]).toEqual([413, []]);
  });

  test('in crumbs, each of which costs as much as a kilobyte, is refused, and the connection closed', async () => {
    const inChunks = (body: string, size: number) =>
      new Promise<string>((resolve) => {
        const socket = connect(Number(new URL(origin).port), 'localhost');
        let text = '';
        socket.on('data', (data) => {
          text += data;
        });
        socket.on('error', () => {});
        socket.on('close', () => resolve(text.split('\r\n')[0] ?? ''));
        const chunk = `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`;
        const head = 'POST /upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n';
        socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
        socket.write(`${chunk.repeat(body.length / size)}0\r\n\r\n`);
      });
    expect(await inChunks('x'.repeat(900), 1)).toBe('HTTP/1.1 200 OK');
    expect(await inChunks('x'.repeat(100 * 5000), 100)).toBe('HTTP/1.1 200 OK');
    const before = process.cpuUsage();
    // The connection may close before all of it is sent, and before the response is read.
    expect(['HTTP/1.1 413 Payload Too Large', '']).toContain(
      await inChunks('x'.repeat(900_000), 1),
    );
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000, 'CPU in ms').toBeLessThan(500);
    expect(arrived.map(({ body }) => body.length)).toEqual([900, 100 * 5000]);
  });

  test('has the limit of the longest path that lists it', () => {
    const limits = { '/': 10, '/api': 20, '/api/photos': 30 };
    const asked = ['/', '/x', '/apiary', '/api', '/api/x', '/api/photos/', '/api/photos/1/2'];
    expect(asked.map((path) => bodyLimit(path, limits))).toEqual([10, 10, 10, 20, 20, 30, 30]);
  });

  test('of more parts than a form has is refused, counted without being parsed', async () => {
    const part = '--x\r\nContent-Disposition: form-data; name="a"; filename=""\r\n\r\n\r\n';
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const of = (parts: number) => post('/upload', headers, `${part.repeat(parts)}--x--\r\n`);
    expect([(await of(100)).status, (await of(101)).status]).toEqual([200, 413]);
  });

  test.each([
    'multipart/form-data',
    'multipart/form-data; boundary=y; boundary=x',
    'multipart/form-data; boundary="x\\"',
    'text/plain, multipart/form-data; boundary=x',
    'multipart/form-data; x="; boundary=y"; boundary=x',
  ])('whose boundary parsers could read differently is refused: %s', (type) => {
    expect(hasTooManyParts(type, new Uint8Array(), 100)).toBe(true);
  });

  test.each([
    'multipart/form-data; boundary=----WebKitFormBoundaryabcDEF0123456789',
    'multipart/form-data; boundary=---------------------------3141592653',
    'multipart/form-data;boundary="a b"',
    'multipart/form-data; boundary=abc; charset=UTF-8',
  ])('of a browser’s or library’s type is counted: %s', (type) => {
    expect(hasTooManyParts(type, new Uint8Array(), 100)).toBe(false);
  });
});

test('a multipart form without a body is refused like a malformed one', async () => {
  const answer = await post('/upload', { 'content-type': 'multipart/form-data' });
  expect([answer.status, arrived]).toEqual([413, []]);
});

describe('a form', () => {
  const URLENCODED = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  const request = (body: BodyInit, headers: Record<string, string> = {}) =>
    new Request('https://example.com/upload', { method: 'POST', body, headers });

  test('without files is read up to its limit, and is then nothing instead of a shorter form', async () => {
    const read = (body: string) => readForm(request(body, URLENCODED), 10);
    expect((await read('a=b&c=%C3%A4'.slice(0, 10)))?.get('a')).toBe('b');
    expect(await read('a=b&c=d&e=f')).toBeUndefined();
  });

  test('in parts is not read where no file is wanted', async () => {
    const form = new FormData();
    form.set('everywhere', 'yes');
    expect([...((await readForm(request(form))) ?? ['none'])]).toEqual([]);
  });

  test('with files is read, and refused if it has too many parts or too many bytes', async () => {
    const form = new FormData();
    form.set('file', new File(['photo'], 'photo.png'));
    expect((await readUpload(request(form)))?.get('file')).toBeInstanceOf(File);
    form.set('file', new File(['x'.repeat(LIMIT)], 'photo.png'));
    expect(await readUpload(request(form))).toBeUndefined();
    form.delete('file');
    for (let n = 0; n < 101; n++) form.append('file', new File([], 'empty'));
    expect(await readUpload(request(form))).toBeUndefined();
    expect(await readUpload(request('{}'))).toBeUndefined();
  });
});

describe('a request that Next would answer with a 500', () => {
  test.each(['/photos/50%', '/%E4', '/%c3%28/x'])('%s is a 400', async (path) => {
    const answer = await send(origin, { path, headers: { accept: 'text/html' } });
    expect([answer.status, arrived]).toEqual([400, []]);
    expect(answer.body).toContain('<h1>This address is not valid</h1>');
  });

  test.each(['x', '%', '[]', 'null', '["",{"children":["x"]}]'])(
    'with the router state %s arrives without it',
    async (state) => {
      await send(origin, { headers: { rsc: '1', 'next-router-state-tree': state } });
      expect(arrived[0]?.headers).not.toHaveProperty('next-router-state-tree');
    },
  );

  test('of the Pages Router’s prefetch arrives without its header', async () => {
    await send(origin, { headers: { 'x-middleware-prefetch': '1' } });
    expect(arrived[0]?.headers).not.toHaveProperty('x-middleware-prefetch');
  });

  test.each(['/notes/save.rsc', '/notes/save.RSC'])(
    'from another page than the middleware sees, %s, arrives as one path for both',
    async (path) => {
      await send(origin, { path: `${path}?a=b.rsc` });
      expect(arrived[0]?.url).toBe('/notes/save%2Ersc?a=b.rsc');
    },
  );

  test('with a router state deeper than any page’s arrives without it', async () => {
    for (const [depth, kept] of [
      [49, true],
      [51, false],
    ] as const) {
      const state = `${'["",{"children":'.repeat(depth)}["",{}]${'}]'.repeat(depth)}`;
      arrived = [];
      await send(origin, { headers: { 'next-router-state-tree': state } });
      expect('next-router-state-tree' in (arrived[0]?.headers ?? {})).toBe(kept);
    }
  });

  test('with a router state of Next’s own arrives with it', async () => {
    const state = encodeURIComponent('["",{"children":["__PAGE__",{}]},null,"refetch"]');
    await send(origin, { headers: { 'next-router-state-tree': state } });
    expect(arrived[0]?.headers).toHaveProperty('next-router-state-tree', state);
  });

  test('for a range beyond the end of a file is a 416', async () => {
    const answer = await send(origin, { path: '/beyond', headers: { range: 'bytes=999-' } });
    expect([answer.status, answer.body]).toEqual([416, '']);
    expect((await send(origin, { path: '/beyond' })).status).toBe(500);
  });

  test('for a page that redirects gets nothing that would make Back hang in Safari', async () => {
    const [redirect, page] = [await send(origin, { path: '/elsewhere' }), await send(origin)];
    const policies = [redirect, page].map(({ headers }) =>
      headers.get('cross-origin-opener-policy'),
    );
    expect(policies).toEqual([null, 'same-origin']);
  });

  test.each(['https://evil.example', 'x y', 'null'])(
    'for a Server Action from the origin %s is a 403',
    async (from) => {
      const answer = await post('/', { origin: from, 'next-action': 'a' });
      expect([answer.status, arrived]).toEqual([403, []]);
    },
  );

  test('for a Server Action has the forwarded host of the configuration, whatever it says', async () => {
    const headers = { origin: 'https://example.com', 'x-forwarded-host': 'evil.example' };
    await post('/', { ...headers, 'next-action': 'a' });
    expect(arrived[0]?.headers).toHaveProperty('x-forwarded-host', 'example.com');
  });
});

test('no control character reaches the log, and Next’s colors do', () => {
  expect(cleaned('a\u0007b\u001b[8mc\u009b31md\u0085e\u2028f\u202eg\rh')).toBe(
    'a\\u0007b\\u001b[8mc\\u009b31md\\u0085e\\u2028f\\u202eg\\u000dh',
  );
  const own = '\u001b[32m✓\u001b[39m Ready\u001b[22m\n\t\u001b[1mä 日本\n';
  expect(cleaned(own)).toBe(own);
});
