import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerDevelopers, developerAnswer } from '@/lib/cognito/requests/developer-requests';
import { send } from '../support/http';

const ORIGIN = 'http://localhost:3000';
const DOCUMENT = { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' };

describe('what next dev has for developers', () => {
  const PATHS = [
    '/doctor',
    '/_next/mcp',
    '/_next/hmr',
    '/_next/anything-new',
    '/__nextjs_original-stack-frames',
    '/__nextjs_launch-editor?file=x',
    '//_next/mcp',
    '/\\_next/mcp',
    '/x/../_next/mcp',
    '/_next/static/../mcp',
    'http://localhost:3000/_next/mcp',
  ];
  const answerTo = (url: string, host: string | undefined, method = 'POST') =>
    developerAnswer({ method, url, headers: { ...DOCUMENT, host } }, ORIGIN);

  test.each(PATHS)('%s needs a loopback Host', (path) => {
    for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'localhost']) {
      expect(answerTo(path, host)?.status, host).not.toBe(403);
    }
    const others = ['rebound.example:3000', '192.168.1.5:3000', 'localhost.evil.example', 'a@b@c'];
    for (const host of [...others, '0.0.0.0:3000', '', undefined]) {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        expect(answerTo(path, host, method), host).toEqual({ status: 403 });
      }
    }
  });

  test.each(['/', '/profile', '/_next/static/chunks/a.js', '/doctor-x', '/api/me'])(
    '%s is not part of it',
    (path) => {
      expect(answerTo(path, 'rebound.example:3000')?.status).not.toBe(403);
    },
  );
});

describe('a page at another host than the site’s', () => {
  const open = (url: string, host: string, origin: string | undefined = ORIGIN, more = {}) =>
    developerAnswer({ method: 'GET', url, headers: { ...DOCUMENT, host, ...more } }, origin);

  test('is sent to the site before a sign-in starts, with its path and query', () => {
    for (const host of ['127.0.0.1:3000', '[::1]:3000', '192.168.1.5:3000', 'my-laptop:3000']) {
      expect(open('/profile?a=1&b=%20', host)).toEqual({
        status: 307,
        location: 'http://localhost:3000/profile?a=1&b=%20',
      });
    }
    expect(open('//evil.example/x', '127.0.0.1:3000')?.location).toBe(`${ORIGIN}/evil.example/x`);
    expect(open('http://evil.example/x', '127.0.0.1:3000')?.location).toBe(`${ORIGIN}/x`);
  });

  test('stays where it is: at the site’s own host, before the set-up, and behind a proxy', () => {
    expect(open('/', 'localhost:3000')).toBeUndefined();
    expect(
      developerAnswer({ method: 'GET', url: '/', headers: { host: 'x' } }, undefined),
    ).toBeUndefined();
    expect(open('/', 'localhost:3000', 'https://dev.example.com')).toBeUndefined();
    expect(open('/', 'dev.example.com', 'https://dev.example.com')).toBeUndefined();
  });

  test('is the only thing that is sent away', () => {
    const fetch = { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' };
    expect(open('/api/me', '127.0.0.1:3000', ORIGIN, fetch)).toBeUndefined();
  });
});

describe('a server of next dev', () => {
  let server: Server;
  let address: string;
  const seen: string[] = [];
  beforeAll(async () => {
    answerDevelopers(ORIGIN);
    server = createServer((request, response) => {
      seen.push(request.url ?? '');
      response.end('from Next');
    });
    server.on('upgrade', (request, socket) => {
      seen.push(request.url ?? '');
      socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bound = server.address();
    address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test('shows a rebound name nothing that is for developers', async () => {
    const headers = { host: 'rebound.example' };
    const refused = await send(`${address}/_next/mcp`, { method: 'POST', headers, body: '{}' });
    expect([refused.status, refused.body]).toEqual([403, 'Only at http://localhost.\n']);
    const local = await send(`${address}/_next/mcp`, { method: 'POST', body: '{}' });
    expect([local.status, local.body]).toEqual([200, 'from Next']);
    expect(seen.splice(0)).toEqual(['/_next/mcp']);
  });

  test.each([
    ['rebound.example', ''],
    ['localhost', 'HTTP/1.1 101'],
  ])('opens a WebSocket for %s: "%s"', async (host, start) => {
    const text = await upgrade(new URL(address), host);
    expect(text.slice(0, 12)).toBe(start);
    expect(seen.splice(0)).toHaveLength(start === '' ? 0 : 1);
  });

  test('sends 127.0.0.1 to localhost', async () => {
    const answer = await send(`${address}/profile?x=1`, { headers: DOCUMENT });
    expect([answer.status, answer.headers.get('location')]).toEqual([307, `${ORIGIN}/profile?x=1`]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(seen).toEqual([]);
  });
});

function upgrade({ hostname, port }: URL, host: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
    socket.write(
      `GET /_next/hmr HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
  });
}
