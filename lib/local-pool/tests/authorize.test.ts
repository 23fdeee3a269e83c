import { describe, expect, it } from 'vitest';
import {
  authorize,
  authorizeParams,
  DOMAIN,
  FOREIGN,
  get,
  location,
  REDIRECT_URI,
  signIn,
  startPool,
} from './support';

/** The fidelity tests cover Cognito's responses; these tests cover attacks. */
describe('a hostile request', () => {
  it('cannot choose the host of the URLs that it is redirected to', async () => {
    const pool = await startPool();
    const url = `http://evil.example/oauth2/authorize?${authorizeParams()}`;
    const response = await pool.fetch(new Request(url, { redirect: 'manual' }));
    expect(location(response).origin).toBe(DOMAIN);
  });

  it.each(['__proto__', 'constructor'])('finds no client called %s', async (id) => {
    const response = await authorize(await startPool(), { client_id: id });
    expect(response.headers.get('location')).toBe(
      `${DOMAIN}/error?error=invalid_request&client_id=${id}`,
    );
  });

  it.each([
    `${REDIRECT_URI}/`,
    'http://LOCALHOST:3000/login',
    'http://localhost:3000/login/../login',
    'http://localhost:3000@evil.example/login',
  ])('is not redirected to %s, which a parser might take for the registered URI', async (uri) => {
    const response = await authorize(await startPool(), { redirect_uri: uri });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(
      `${DOMAIN}/error?error=redirect_mismatch&client_id=confidential`,
    );
  });

  it('adds no markup to the error page', async () => {
    const response = await get(await startPool(), '/error?error=%3Cb%3Eredirect_mismatch');
    expect(await response.text()).toContain('&lt;b&gt;redirect_mismatch');
  });

  it('has no session if its cookie is malformed', async () => {
    const pool = await startPool();
    for (const cookie of [
      'cognito=%E0%A4%A',
      'cognito="x.y.3"',
      'cognito',
      ';;=;',
      'XSRF-TOKEN=%',
    ]) {
      expect((await authorize(pool, {}, cookie)).status).toBe(302);
      expect(location(await authorize(pool, {}, cookie)).pathname).toBe('/login');
    }
  });
});

it('a hosted UI session works for the other clients of the pool', async () => {
  const pool = await startPool();
  const { cookie } = await signIn(pool);
  const response = await authorize(pool, { client_id: FOREIGN.clientId }, cookie);
  expect(location(response).searchParams.has('code')).toBe(true);
});
