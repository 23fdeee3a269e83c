import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLocalPool, type TestPool } from '@/lib/local-pool/src/testing';
import { altering, checksThatAre, examineSite, json, wrongs } from './support';

let pool: TestPool;
beforeAll(async () => {
  pool = await startLocalPool();
});
afterAll(() => pool.close());

const KEYS = '/.well-known/jwks.json';
const DISCOVERY = '/.well-known/openid-configuration';

describe('the user pool', () => {
  test('in a region other than COGNITO_REGION: its ID contains the right one', async () => {
    const found = wrongs(await examineSite(pool, { COGNITO_REGION: 'eu-west-1' }));
    expect(found.map(({ check }) => check)).toEqual(['user-pool']);
    expect(found[0]?.text).toContain('Set COGNITO_REGION=us-east-1');
  });

  test('that does not exist', async () => {
    const issuer = `${pool.origin}/us-east-1_Nowhere`;
    const changes = { COGNITO_USER_POOL_ID: 'us-east-1_Nowhere', COGNITO_ISSUER: issuer };
    const findings = await examineSite(pool, changes);
    expect(checksThatAre('wrong', findings)).toEqual(['user-pool']);
    expect(wrongs(findings)[0]?.text).toMatch(
      /no user pool us-east-1_Nowhere .*list-user-pools --max-results 60 --region us-east-1/,
    );
    // The secret is sent only to the pool's own domain, which is unknown here.
    expect(checksThatAre('unknown', findings)).toContain('client-secret');
  });

  test('with an unavailable key set is unknown', async () => {
    const fetch = altering(KEYS, () => new Response(null, { status: 503 }));
    const findings = await examineSite(pool, {}, { fetch });
    expect(wrongs(findings)).toEqual([]);
    expect(checksThatAre('unknown', findings)).toEqual(['user-pool']);
  });

  test('with a single key is wrong', async () => {
    const fetch = altering(KEYS, async (response) => {
      const { keys } = await response.json();
      return json({ keys: keys.slice(0, 1) });
    });
    const found = wrongs(await examineSite(pool, {}, { fetch }));
    expect(found.map(({ check }) => check)).toEqual(['user-pool']);
    expect(found[0]?.text).toMatch(/"value":"1 RSA key at .*Unset COGNITO_ISSUER/);
  });

  test('with the other kind of issuer', async () => {
    const issuer = 'https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool';
    const fetch = altering(DISCOVERY, async (response) => {
      return json({ ...(await response.json()), issuer });
    });
    const found = wrongs(await examineSite(pool, {}, { fetch }));
    expect(found.map(({ check }) => check)).toEqual(['issuer']);
    expect(found[0]?.text).toContain(`Set COGNITO_ISSUER=${issuer}`);
  });
});

describe('the domain', () => {
  test('that the pool does not have', async () => {
    const { COGNITO_ISSUER: issuer } = pool.environment();
    const fetch = altering(DISCOVERY, () => {
      return json({ issuer, authorization_endpoint: `${issuer}/authorize` });
    });
    const findings = await examineSite(pool, {}, { fetch });
    expect(checksThatAre('wrong', findings)).toEqual(['domain']);
    expect(wrongs(findings)[0]?.text).toContain('create-user-pool-domain --region us-east-1');
  });

  test('of another pool: the report names the right one, and checks the app client there', async () => {
    const other = await startLocalPool({ users: {} });
    const uses: string[] = [];
    const findings = await examineSite(
      pool,
      { COGNITO_DOMAIN: other.origin, COGNITO_REDIRECT_URI: 'http://localhost:3000/login' },
      {
        fetch: (url, init) => {
          const headers = new Headers(init?.headers);
          if (headers.has('authorization')) uses.push(url);
          return fetch(url, init);
        },
      },
    );
    await other.close();
    expect(checksThatAre('wrong', findings)).toEqual(['domain']);
    expect(wrongs(findings)[0]?.text).toContain(`Set COGNITO_DOMAIN=${pool.origin}`);
    expect(checksThatAre('ok', findings)).toContain('redirect-uri');
    // The secret was sent neither to the wrong domain nor to the one that isn't configured.
    expect(uses).toEqual([]);
  });

  test('that is not Cognito', async () => {
    const fetch = altering('/oauth2/authorize', () => new Response('hello'));
    const found = wrongs(await examineSite(pool, {}, { fetch }));
    expect(found.map(({ check }) => check)).toEqual(['domain']);
    expect(found[0]?.text).toContain('not Cognito');
  });

  test('whose host is not found, while the pool responds', async () => {
    const nowhere = () => {
      const cause = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
      throw new TypeError('fetch failed', { cause });
    };
    const fetch = altering('/oauth2/authorize', nowhere);
    expect(checksThatAre('wrong', await examineSite(pool, {}, { fetch }))).toEqual(['domain']);
  });
});

describe('the clock', () => {
  test.each([
    ['ahead of', 300],
    ['behind', -300],
  ])('%s the pool’s', async (word, seconds) => {
    const now = () => Date.now() / 1000 + seconds;
    const found = wrongs(await examineSite(pool, {}, { now }));
    expect(found.map(({ check }) => check)).toEqual(['clock']);
    expect(found[0]?.text).toMatch(
      new RegExp(`${word} the user pool.*"(299|300|301) s".*timedatectl`),
    );
  });
});
