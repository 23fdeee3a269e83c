import { request } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCertificate } from '../../../tests/support/certificate';
import { send } from '../../../tests/support/http';
import { createPoolKeys, type PoolKeys } from '../src/keys';
import { isLoopbackHostHeader, refusalToServe } from '../src/refuse-to-serve';
import { type ServedPool, type ServeOptions, serveLocalPool } from '../src/serve';

let keys: PoolKeys;
let open: ServedPool[] = [];

beforeAll(async () => {
  keys = await createPoolKeys();
});

afterEach(async () => {
  await Promise.all(open.map((served) => served.close()));
  open = [];
});

async function serve(options: ServeOptions = {}): Promise<ServedPool> {
  const served = await serveLocalPool({ port: 0, keys, ...options });
  open.push(served);
  return served;
}

/** The status for a chosen `Host` header, which fetch can't send. */
function statusForHost(origin: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${origin}/error`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once('error', reject);
    sent.end();
  });
}

/** The status over https, trusting only this certificate. */
function statusOver(url: string, ca: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = requestOverTls(url, { ca }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once('error', reject);
    sent.end();
  });
}

describe('a served pool', () => {
  it('listens on 127.0.0.1 at a free port, which is its domain', async () => {
    const { origin, pool } = await serve();
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(pool.settings.domain).toBe(origin);
    const issuer = `${origin}/us-east-1_LocalPool`;
    const response = await fetch(`${issuer}/.well-known/openid-configuration`);
    expect(await response.json()).toMatchObject({ issuer });
  });

  it('reads a form in chunks, and refuses one that is too large', async () => {
    const { origin } = await serve();
    const post = (body: string) =>
      send(`${origin}/local-control`, {
        method: 'POST',
        headers: {
          origin,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/x-www-form-urlencoded',
          'transfer-encoding': 'chunked',
        },
        body,
      });
    expect((await post('action=none')).body).toContain('Unknown action');
    expect((await post(`action=${'x'.repeat(1e6)}`)).status).toBe(413);
  });

  it('can serve its issuer on a separate origin, over https', async () => {
    const certificate = await createCertificate();
    const { pool } = await serve({ tls: certificate, ownIssuerOrigin: true });
    const { domain, issuer } = pool.settings;
    expect([domain, issuer].map((url) => new URL(url).protocol)).toEqual(['https:', 'https:']);
    expect(new URL(issuer).origin).not.toBe(domain);

    const ca = certificate.cert;
    const discovery = `${new URL(issuer).pathname}/.well-known/openid-configuration`;
    expect(await statusOver(`${new URL(issuer).origin}${discovery}`, ca)).toBe(200);
    expect(await statusOver(`${domain}${discovery}`, ca)).toBe(404);
    expect(await statusOver(`${domain}/oauth2/authorize`, ca)).toBe(302);
    expect(await statusOver(`${new URL(issuer).origin}/oauth2/authorize`, ca)).toBe(404);
  });

  it('reads form bodies, and logs the request', async () => {
    const { origin, pool } = await serve();
    const response = await fetch(`${origin}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'refresh_token', client_id: 'nobody' }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: 'invalid_client' });
    expect(pool.requests()).toEqual([
      { method: 'POST', path: '/oauth2/token', grantType: 'refresh_token', status: 400 },
    ]);
  });

  it('does not replace the process’s Request and Response', async () => {
    const before = [globalThis.Request, globalThis.Response];
    await serve();
    expect([globalThis.Request, globalThis.Response]).toEqual(before);
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '10.0.0.1', '[::2]'])(
    'refuses the Host %s',
    async (host) => {
      const { origin } = await serve();
      expect(await statusForHost(origin, host)).toBe(403);
    },
  );

  it.each(['127.0.0.1', 'localhost:1234', '[::1]:1234'])('accepts the Host %s', async (host) => {
    const { origin } = await serve();
    expect(await statusForHost(origin, host)).toBe(400);
  });

  it('says in a sentence that its port is in use', async () => {
    const { origin } = await serve();
    const port = Number(new URL(origin).port);
    await expect(serveLocalPool({ port, keys })).rejects.toThrow(
      `The local user pool cannot listen on 127.0.0.1:${port}: the port is in use.`,
    );
  });

  it('makes a request wait until the keys exist', async () => {
    const first = await serve();
    const port = Number(new URL(first.origin).port);
    await first.close();
    const starting = serveLocalPool({ port });
    const jwks = `http://127.0.0.1:${port}/us-east-1_LocalPool/.well-known/jwks.json`;
    // The port opens within a few turns of the event loop; the keys take far longer.
    let response: Response | undefined;
    while (!response) response = await fetch(jwks).catch(() => undefined);
    open.push(await starting);
    expect(response.status).toBe(200);
  });
});

describe('faults over HTTP', () => {
  it('reset the connection', async () => {
    const { origin, pool } = await serve();
    pool.fault('/error', { reset: true, times: 1 });
    await expect(fetch(`${origin}/error`)).rejects.toThrow('fetch failed');
    expect((await fetch(`${origin}/error`)).status).toBe(400);
  });

  it('hang until the client gives up, and do not delay close()', async () => {
    const { origin, pool, close } = await serve();
    pool.fault('/error', { hang: true });
    const given = new AbortController();
    const impatient = fetch(`${origin}/error`, { signal: given.signal });
    const patient = fetch(`${origin}/error`);
    const outcomes = Promise.allSettled([impatient, patient]);
    while (pool.requests().length < 2) await new Promise((next) => setImmediate(next));
    given.abort();
    await close();
    expect((await outcomes).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
  });
});

it('close() ends keep-alive connections immediately, and the port is free again', async () => {
  const { origin, close } = await serve();
  expect((await fetch(`${origin}/error`)).status).toBe(400);
  await close();
  await expect(fetch(`${origin}/error`)).rejects.toThrow('fetch failed');
  await serve({ port: Number(new URL(origin).port) });
});

describe('the guards', () => {
  it.each([
    ['production', { NODE_ENV: 'production' }, 'NODE_ENV=production'],
    ['Vercel', { VERCEL: '1', VERCEL_ENV: 'preview' }, 'Vercel'],
    ['Vercel without an environment', { VERCEL: '1' }, 'Vercel'],
    ['Lambda', { AWS_LAMBDA_FUNCTION_NAME: 'f' }, 'Lambda'],
  ])('refuse %s in one sentence', async (_, env, word) => {
    const message = refusalToServe(env, '127.0.0.1') ?? '';
    expect(message).toContain(word);
    expect(message).not.toContain('\n');
    await expect(serveLocalPool({ port: 0, keys, env })).rejects.toThrow(message);
  });

  it.each(['0.0.0.0', '::', '192.168.1.2', 'example.com', '127.0.0.1.example.com', ''])(
    'refuse to listen on "%s"',
    async (host) => {
      await expect(serveLocalPool({ port: 0, keys, host })).rejects.toThrow('loopback only');
    },
  );

  it('allow development, tests, and vercel dev', () => {
    for (const env of [{}, { NODE_ENV: 'test' }, { VERCEL: '1', VERCEL_ENV: 'development' }]) {
      for (const host of ['127.0.0.1', '127.0.0.2', 'localhost', '::1']) {
        expect(refusalToServe(env, host)).toBeNull();
      }
    }
  });

  it('refuse a missing or malformed Host header', () => {
    for (const header of [
      undefined,
      '',
      ':80',
      'localhost:x',
      'localhost:1:2',
      '[::1',
      'a@localhost',
    ]) {
      expect(isLoopbackHostHeader(header)).toBe(false);
    }
  });
});
