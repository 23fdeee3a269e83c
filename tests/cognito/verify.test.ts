import { base64url, CompactSign, exportSPKI, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import {
  verifyAccessToken,
  verifyIdToken,
  verifyNewTokens,
  verifyTokens,
} from '@/lib/cognito/protocol/verify';
import {
  accessClaims,
  ENV,
  failure,
  fakePool,
  ISSUER,
  idClaims,
  keyPair,
  mintTokens,
  NOW,
  sign,
} from './support';

const encode = (value: object) => btoa(JSON.stringify(value)).replace(/=+$/, '');

async function idFailure(change: object, header = {}): Promise<string> {
  const { client } = await fakePool();
  return failure(verifyIdToken(client, await sign({ ...idClaims(), ...change }, header), NOW));
}

async function accessFailure(change: object): Promise<string> {
  const { client } = await fakePool();
  return failure(verifyAccessToken(client, await sign({ ...accessClaims(), ...change }), NOW));
}

/** Signs what no library would. */
async function signParts(header: object, content: string): Promise<string> {
  const { privateKey } = await keyPair('key-of-id');
  const signed = `${encode(header)}.${content}`;
  const bytes = new TextEncoder().encode(signed);
  const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, bytes);
  return `${signed}.${base64url.encode(new Uint8Array(signature))}`;
}

test('both tokens of a sign-in are accepted, each signed with its own key', async () => {
  const { client } = await fakePool();
  const { id, access } = await verifyTokens(client, await mintTokens(), NOW);
  expect(id['cognito:username']).toBe('alice');
  expect(access.username).toBe('alice');
});

describe('an ID token is refused', () => {
  const without = (claim: string) => ({ [claim]: undefined });
  test.each<[string, object, string]>([
    ['of another user pool', { iss: `${ISSUER}X` }, 'iss'],
    ['whose issuer ends with a slash', { iss: `${ISSUER}/` }, 'iss'],
    ['without an issuer', without('iss'), 'iss'],
    ['that is expired', { exp: NOW }, 'exp'],
    ['whose expiry is text', { exp: String(NOW + 99) }, 'exp'],
    ['without an expiry', without('exp'), 'exp'],
    ['whose expiry is not a possible date', { exp: 1e300 }, 'exp'],
    ['issued long before 1970', { iat: -1e300 }, 'iat'],
    ['from the future', { iat: NOW + 301 }, 'iat'],
    ['without a time of issue', without('iat'), 'iat'],
    ['whose time of issue is text', { iat: 'now' }, 'iat'],
    ['that is not valid yet', { nbf: NOW + 60 }, 'nbf'],
    ['that is valid from a second later', { nbf: NOW + 1 }, 'nbf'],
    ['whose start is text', { nbf: String(NOW - 60) }, 'nbf'],
    ['whose start is nothing', { nbf: null }, 'nbf'],
    ['whose start is not a possible date', { nbf: -1e300 }, 'nbf'],
    ['whose expiry is a list', { exp: [NOW + 99] }, 'exp'],
    ['whose expiry is nothing', { exp: null }, 'exp'],
    ['whose time of issue is nothing', { iat: null }, 'iat'],
    ['whose issuer is a list of one', { iss: [ISSUER] }, 'iss'],
    ['whose subject is a number', { sub: 7 }, 'sub'],
    ['whose use is a list of one', { token_use: ['id'] }, 'token_use'],
    ['that is an access token', { token_use: 'access' }, 'token_use'],
    ['without a use', without('token_use'), 'token_use'],
    ['for another app client', { aud: 'another' }, 'aud'],
    ['for several app clients', { aud: [ENV.COGNITO_CLIENT_ID, 'another'] }, 'aud'],
    ['for a list of one', { aud: [ENV.COGNITO_CLIENT_ID] }, 'aud'],
    ['without an audience', without('aud'), 'aud'],
    ['with an empty subject', { sub: '' }, 'sub'],
    ['without a subject', without('sub'), 'sub'],
  ])('%s', async (_, change, claim) => {
    expect(await idFailure(change)).toBe(`token_invalid: ${claim}`);
  });

  test('signed with the key of an attacker under the right key ID', async () => {
    const { client } = await fakePool();
    const token = await sign(idClaims(), { kid: 'foreign' });
    const [, claims, signature] = token.split('.');
    const forged = `${encode({ kid: 'key-of-id', alg: 'RS256' })}.${claims}.${signature}`;
    expect(await failure(verifyIdToken(client, forged, NOW))).toBe('token_invalid: signature');
  });

  test('changed after it was signed', async () => {
    const { client } = await fakePool();
    const [header, , signature] = (await sign(idClaims())).split('.');
    const forged = `${header}.${encode({ ...idClaims(), sub: 'somebody' })}.${signature}`;
    expect(await failure(verifyIdToken(client, forged, NOW))).toBe('token_invalid: signature');
  });

  test('without a signature (alg none)', async () => {
    const { client } = await fakePool();
    const forged = `${encode({ alg: 'none', kid: 'key-of-id' })}.${encode(idClaims())}.`;
    expect(await failure(verifyIdToken(client, forged, NOW))).toMatch(/^token_invalid/);
  });

  test('signed with the public key as an HMAC secret', async () => {
    const { client } = await fakePool();
    const publicKey = await exportSPKI((await keyPair('key-of-id')).publicKey);
    const forged = await new SignJWT(idClaims())
      .setProtectedHeader({ alg: 'HS256', kid: 'key-of-id' })
      .sign(new TextEncoder().encode(publicKey));
    expect(await failure(verifyIdToken(client, forged, NOW))).toBe('token_invalid: alg');
  });

  test.each(['RS384', 'RS512', 'PS256', 'ES256'])('signed with %s', async (alg) => {
    expect(await idFailure({}, { alg })).toBe('token_invalid: alg');
  });

  test('that contains its own key or unknown critical headers', async () => {
    const { client } = await fakePool();
    const token = await sign(idClaims(), { kid: 'foreign', jku: 'https://evil.example/jwks.json' });
    expect(await failure(verifyIdToken(client, token, NOW))).toBe('token_invalid: kid');
  });

  test.each(['', 'a', 'a.b', 'a.b.c', 'a.b.c.d.e', '.'.repeat(1000), 'x'.repeat(1_000_000)])(
    'that is not a token (%#)',
    async (text) => {
      const { client } = await fakePool();
      expect(await failure(verifyIdToken(client, text, NOW))).toMatch(/^token_invalid/);
    },
  );

  test('in an encoding that RFC 7515 does not allow', async () => {
    const { client } = await fakePool();
    const token = await sign(idClaims());
    const [header, claims, signature] = token.split('.');
    const spellings = [`${token}=`, `${token}==`, ` ${token}`, `${token}\n`];
    spellings.push(`${header}.${claims} .${signature}`, `${header}.${claims}.${signature}!`);
    for (const spelling of spellings) {
      expect(await failure(verifyIdToken(client, spelling, NOW))).toBe('token_invalid: format');
    }
  });

  test.each<[string, string | Uint8Array]>([
    ['a list', `[${JSON.stringify(idClaims())}]`],
    ['nothing', 'null'],
    ['a number', '1800000000'],
    ['a text', JSON.stringify(JSON.stringify(idClaims()))],
    ['not JSON', `${JSON.stringify(idClaims())},`],
    ['empty', ' '],
    ['not UTF-8', Buffer.from(JSON.stringify({ ...idClaims(), name: 'ÿ' }), 'latin1')],
  ])('whose signed content is %s', async (_, content) => {
    const { client } = await fakePool();
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const { privateKey } = await keyPair('key-of-id');
    const token = await new CompactSign(bytes)
      .setProtectedHeader({ alg: 'RS256', kid: 'key-of-id' })
      .sign(privateKey);
    expect(await failure(verifyIdToken(client, token, NOW))).toBe('token_invalid: format');
  });

  test('whose content is signed without its encoding (RFC 7797)', async () => {
    const { client } = await fakePool();
    const header = { alg: 'RS256', kid: 'key-of-id', b64: false, crit: ['b64'] };
    for (const content of ['1', 'null', 'true', encode(idClaims())]) {
      const token = await signParts(header, content);
      expect(await failure(verifyIdToken(client, token, NOW))).toBe('token_invalid: format');
    }
  });

  test('with a critical header that nothing here knows', async () => {
    const { client } = await fakePool();
    const header = { alg: 'RS256', kid: 'key-of-id', crit: ['x'], x: 1 };
    const token = await signParts(header, encode(idClaims()));
    expect(await failure(verifyIdToken(client, token, NOW))).toBe('token_invalid: format');
  });

  test('without a key ID, or with an unknown one', async () => {
    const { client } = await fakePool();
    const { privateKey } = await keyPair('key-of-id');
    const nameless = await new SignJWT(idClaims())
      .setProtectedHeader({ alg: 'RS256' })
      .sign(privateKey);
    expect(await failure(verifyIdToken(client, nameless, NOW))).toBe('token_invalid: kid');
    expect(await idFailure({}, { kid: 'unknown' })).toBe('token_invalid: kid');
  });
});

describe('an access token is refused', () => {
  test.each<[string, object, string]>([
    ['of another app client', { client_id: 'another' }, 'client_id'],
    ['of no app client', { client_id: undefined }, 'client_id'],
    ['that is an ID token', { token_use: 'id' }, 'token_use'],
    ['that is expired', { exp: NOW - 1 }, 'exp'],
    ['of another pool', { iss: 'https://evil.example' }, 'iss'],
  ])('%s', async (_, change, claim) => {
    expect(await accessFailure(change)).toBe(`token_invalid: ${claim}`);
  });
});

test('a token is valid in the second of its start', async () => {
  const { client } = await fakePool();
  const token = await sign({ ...idClaims(), nbf: NOW });
  expect((await verifyIdToken(client, token, NOW)).nbf).toBe(NOW);
});

describe('two tokens that do not belong together are refused', () => {
  test('for different users', async () => {
    const { client } = await fakePool();
    const tokens = await mintTokens({ id: { sub: 'somebody-else' } });
    expect(await failure(verifyTokens(client, tokens, NOW))).toBe('token_invalid: sub');
  });

  test('with the hash of another access token', async () => {
    const { client } = await fakePool();
    const tokens = await mintTokens({ id: { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' } });
    expect(await failure(verifyTokens(client, tokens, NOW))).toBe('token_invalid: at_hash');
  });

  test('but tokens without a hash are accepted', async () => {
    const { client } = await fakePool();
    const tokens = await mintTokens({ id: { at_hash: undefined } });
    expect((await verifyTokens(client, tokens, NOW)).id.sub).toBe(idClaims().sub);
  });
});

test('a token is verified for the given time, whatever the system clock says', async () => {
  const { client } = await fakePool();
  for (const then of [1_000_000_000, 4_000_000_000]) {
    const token = await sign({ ...idClaims(then), nbf: then });
    expect((await verifyIdToken(client, token, then)).iat).toBe(then);
  }
});

test('a clock that is up to five minutes behind is tolerated', async () => {
  const { client } = await fakePool();
  expect((await verifyTokens(client, await mintTokens(), NOW - 299)).id.iat).toBe(NOW);
});

test('new tokens show how wrong the clock is, and more than five minutes is reported', async () => {
  const pool = await fakePool();
  const tokens = await mintTokens({ id: { exp: NOW + 300 }, access: { exp: NOW + 300 } });
  for (const off of [0, 310, -310]) {
    pool.now = NOW + off;
    expect((await verifyNewTokens(pool.client, tokens)).id.iat).toBe(NOW);
  }
  pool.now = NOW + 311;
  expect(await failure(verifyNewTokens(pool.client, tokens))).toBe(
    'clock_wrong: server is 311 s ahead',
  );
  pool.now = NOW - 311;
  expect(await failure(verifyNewTokens(pool.client, tokens))).toBe(
    'clock_wrong: server is 311 s behind',
  );
});
