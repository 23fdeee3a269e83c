import { afterEach, expect, test } from 'vitest';
import { send } from '../support/http';
import { freePort, startServer, startSite } from '../support/site';

let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

const ask = async (url: string, method = 'GET') => {
  const { status, body, headers, setCookies } = await send(url, { method });
  expect(setCookies).toEqual([]);
  expect(headers.get('cache-control')).toBe('private, no-store');
  return { status, body: body === '' ? undefined : JSON.parse(body) };
};

test('a site that is set up is alive and ready, and asks no user pool for it', async () => {
  const site = await startSite();
  stop = site.close;
  const alive = `${site.origin}/healthz`;
  expect(await ask(alive)).toEqual({ status: 200, body: { status: 'alive', ready: true } });
  expect(await ask(alive, 'HEAD')).toEqual({ status: 200, body: undefined });
  expect(await ask(`${alive}/ready`)).toEqual({ status: 200, body: { status: 'ready' } });
  expect(site.pool.requests()).toEqual([]);
  expect((await send(alive, { method: 'POST' })).status).toBe(405);
});

test('a site that is not set up is alive and not ready, and says nothing of why', async () => {
  const port = await freePort();
  const server = await startServer(port, { COGNITO_REGION: 'oregon' });
  stop = server.close;
  const alive = `http://localhost:${port}/healthz`;
  expect(await ask(alive)).toEqual({ status: 200, body: { status: 'alive', ready: false } });
  expect(await ask(`${alive}/ready`)).toEqual({ status: 503, body: { status: 'not_ready' } });
});

test('the log begins with what is configured, as an event', async () => {
  const port = await freePort();
  const server = await startServer(port, { COGNITO_REGION: 'oregon', SESSION_SECRET: 'short-one' });
  stop = server.close;
  const lines = server.output().split('\n');
  const line = lines.find((text) => text.includes('"type":"configuration"')) ?? '{}';
  expect(JSON.parse(line)).toMatchObject({ level: 'error', ok: false });
  expect(JSON.parse(line).wrong).toEqual(expect.arrayContaining(['COGNITO_REGION']));
  expect(server.output()).not.toContain('short-one');
});
