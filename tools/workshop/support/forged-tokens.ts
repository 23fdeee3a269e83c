import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { CompactEncrypt, importJWK } from 'jose';
import type { SigningKey } from '@/lib/local-pool/src/keys';
import { b64, type Claims, jws, type Kind, type Mint, rs, rsa, type Signer } from './mint';

/** A forged token, which no site may accept. */
export interface Forgery {
  readonly name: string;
  make(kind: Kind, claims: Claims): string | Promise<string>;
}

/**
 * Tokens with a wrong header, signature or encoding, from OpenID's relying-party conformance tests and RFC 8725.
 *
 * @param mint the keys of the pool
 * @param elsewhere an address whose keys must not be fetched
 */
export function brokenTokens(mint: Mint, elsewhere: string): Forgery[] {
  const foreign = rsa();
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const edwards = generateKeyPairSync('ed25519');
  const kidOf = (kind: Kind) => (kind === 'id' ? mint.keys.idToken : mint.keys.accessToken).kid;
  const jwkOf = (kind: Kind) =>
    (kind === 'id' ? mint.keys.idToken : mint.keys.accessToken).publicJwk;
  const foreignJwk = { ...foreign.publicKey.export({ format: 'jwk' }), alg: 'RS256' };
  const byForeign = (header: object) => (kind: Kind, claims: Claims) =>
    jws({ alg: 'RS256', kid: kidOf(kind), ...header }, claims, rs(256, foreign.privateKey));
  const signed = (header: object, signer: Signer) => (kind: Kind, claims: Claims) =>
    jws({ kid: kidOf(kind), ...header }, claims, signer);
  const changed = (change: (token: string) => string) => (kind: Kind, claims: Claims) =>
    change(mint.honest(kind, claims));
  const withHeader = (header: object) => (kind: Kind, claims: Claims) =>
    mint.honest(kind, claims, header);
  const hmac = (secret: (kind: Kind) => string) => (kind: Kind, claims: Claims) =>
    jws({ alg: 'HS256', kid: kidOf(kind) }, claims, (input) =>
      createHmac('sha256', secret(kind)).update(input).digest(),
    );
  const pem = (kind: Kind, type: 'spki' | 'pkcs1') =>
    publicKeyOf(jwkOf(kind)).export({ format: 'pem', type }).toString();
  const nothing: Signer = () => Buffer.alloc(0);
  const part = (token: string, index: number, change: (text: string) => string) =>
    token
      .split('.')
      .map((text, at) => (at === index ? change(text) : text))
      .join('.');

  return [
    { name: 'alg none, without a signature', make: signed({ alg: 'none' }, nothing) },
    { name: 'alg nOnE', make: signed({ alg: 'nOnE' }, nothing) },
    {
      name: 'alg none, with a signature',
      make: signed({ alg: 'none' }, rs(256, foreign.privateKey)),
    },
    { name: 'no alg', make: signed({}, rs(256, foreign.privateKey)) },
    { name: 'alg RS256, without a signature', make: signed({ alg: 'RS256' }, nothing) },
    { name: 'HS256 with the public key, SPKI', make: hmac((kind) => pem(kind, 'spki')) },
    { name: 'HS256 with the public key, PKCS #1', make: hmac((kind) => pem(kind, 'pkcs1')) },
    { name: 'HS256 with the public JWK', make: hmac((kind) => JSON.stringify(jwkOf(kind))) },
    { name: 'HS256 with the modulus', make: hmac((kind) => jwkOf(kind).n) },
    { name: 'HS256 with an empty secret', make: hmac(() => '') },
    { name: 'RS384', make: withHeader({ alg: 'RS384' }) },
    { name: 'RS512', make: withHeader({ alg: 'RS512' }) },
    { name: 'PS256', make: signed({ alg: 'PS256' }, rs(256, foreign.privateKey)) },
    {
      name: 'ES256',
      make: signed({ alg: 'ES256' }, (input) =>
        sign('sha256', input, { key: elliptic.privateKey, dsaEncoding: 'ieee-p1363' }),
      ),
    },
    {
      name: 'EdDSA',
      make: signed({ alg: 'EdDSA' }, (input) => sign(null, input, edwards.privateKey)),
    },
    { name: 'an attacker’s key under the right key ID', make: byForeign({}) },
    { name: 'an attacker’s key under its own key ID', make: byForeign({ kid: 'foreign' }) },
    { name: 'no kid, with two keys to choose from', make: withHeader({ kid: undefined }) },
    { name: 'an empty kid', make: withHeader({ kid: '' }) },
    { name: 'a kid that is a number', make: withHeader({ kid: 1 }) },
    { name: 'a kid that is a path', make: withHeader({ kid: '../../../dev/null' }) },
    {
      name: "the other key's kid",
      make: (kind, claims) =>
        mint.honest(kind, claims, { kid: kidOf(kind === 'id' ? 'access' : 'id') }),
    },
    { name: 'a key of its own (jwk)', make: byForeign({ jwk: foreignJwk }) },
    {
      name: 'a key of its own, without a kid',
      make: byForeign({ jwk: foreignJwk, kid: undefined }),
    },
    {
      name: 'a URL of keys (jku)',
      make: byForeign({ jku: `${elsewhere}/jwks.json`, kid: 'x' }),
    },
    {
      name: 'a URL of a certificate (x5u)',
      make: byForeign({ x5u: `${elsewhere}/cert.pem` }),
    },
    { name: 'a certificate of its own (x5c)', make: byForeign({ x5c: [foreignJwk.n] }) },
    { name: 'an unknown critical header', make: withHeader({ crit: ['exp'], exp: 1 }) },
    { name: 'an empty crit', make: withHeader({ crit: [] }) },
    { name: 'an unencoded payload (b64)', make: withHeader({ crit: ['b64'], b64: false }) },
    {
      name: 'the same member twice in the header, the last one bad',
      make: (kind, claims) => {
        const text = `{"kid":"${kidOf(kind)}","alg":"RS256","alg":"none"}`;
        return jws(text, claims, rs(256, foreign.privateKey));
      },
    },
    { name: 'a changed signature', make: changed((token) => part(token, 2, flip)) },
    { name: 'changed claims', make: changed((token) => part(token, 1, () => b64('{"sub":"x"}'))) },
    {
      name: 'claims of another user',
      make: (kind, claims) =>
        part(mint.honest(kind, claims), 1, () => b64(JSON.stringify({ ...claims, sub: 'x' }))),
    },
    { name: 'no signature part', make: changed((token) => token.split('.').slice(0, 2).join('.')) },
    { name: 'an extra part', make: changed((token) => `${token}.x`) },
    { name: 'an extra dot', make: changed((token) => `${token}.`) },
    { name: 'trailing garbage', make: changed((token) => `${token}!`) },
    { name: 'trailing padding', make: changed((token) => `${token}==`) },
    { name: 'padding inside', make: changed((token) => part(token, 1, (text) => `${text}=`)) },
    { name: 'white space inside', make: changed((token) => part(token, 2, (text) => ` ${text}`)) },
    { name: 'a comma and another token', make: changed((token) => `${token},${token}`) },
    {
      name: 'the alphabet of base64',
      make: (kind, claims) => {
        // Tries until a signature contains a "-" or "_".
        for (let n = 0; ; n++) {
          const token = mint.honest(kind, { ...claims, n });
          const other = part(token, 2, (text) => text.replaceAll('-', '+').replaceAll('_', '/'));
          if (other !== token) return other;
        }
      },
    },
    {
      name: 'bytes that are not text',
      make: changed((token) => part(token, 1, () => '_____w')),
    },
    { name: 'claims that are a list', make: (kind) => mint.honest(kind, '[]') },
    { name: 'claims that are null', make: (kind) => mint.honest(kind, 'null') },
    { name: 'claims that are not JSON', make: (kind) => mint.honest(kind, '{"sub":') },
    {
      name: 'deep JSON in the claims, unsigned',
      make: (kind) => `${b64(`{"alg":"RS256","kid":"${kidOf(kind)}"}`)}.${b64(deep(2000))}.x`,
    },
    { name: 'deep JSON in the header', make: (_, claims) => jws(deep(2000), claims, nothing) },
    { name: 'an encrypted token (JWE)', make: (kind, claims) => encrypted(jwkOf(kind), claims) },
    {
      name: 'a token inside a token',
      make: (kind, claims) => mint.honest(kind, mint.honest(kind, claims), { cty: 'JWT' }),
    },
    {
      name: 'the JSON serialization',
      make: changed((token) => {
        const [header, payload, signature] = token.split('.');
        return JSON.stringify({ protected: header, payload, signature });
      }),
    },
  ];
}

/**
 * Tokens that the pool itself signed, but for another site, use or time.
 *
 * @param mint the keys of the pool
 * @param known.issuer of the pool
 * @param known.now seconds since 1970
 */
export function wrongTokens(mint: Mint, known: { issuer: string; now: number }): Forgery[] {
  const { issuer, now } = known;
  const changes: [string, Claims][] = [
    ['another issuer', { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI' }],
    ['an issuer that ends with a slash', { iss: `${issuer}/` }],
    ['an issuer that is longer', { iss: `${issuer}x` }],
    ['an issuer in upper case', { iss: issuer.toUpperCase() }],
    ['a list of issuers', { iss: [issuer] }],
    ['no issuer', { iss: undefined }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['a subject that is a number', { sub: 7 }],
    ['no token_use', { token_use: undefined }],
    ['another token_use', { token_use: 'refresh' }],
    ['an expiry in the past', { exp: now - 1, iat: now - 3601 }],
    ['an expiry in the past, as a fraction', { exp: now - 0.5 }],
    ['an expiry that is a string', { exp: String(now + 3600) }],
    ['an expiry that is not a possible date', { exp: 1e300 }],
    ['a negative expiry', { exp: -1 }],
    ['an expiry that is null', { exp: null }],
    ['no expiry', { exp: undefined }],
    ['a time of issue in the future', { iat: now + 3000, exp: now + 6600 }],
    ['a time of issue that is a string', { iat: String(now) }],
    ['no time of issue', { iat: undefined }],
    ['an nbf in the future', { nbf: now + 3000 }],
    ['an nbf that is a string', { nbf: String(now) }],
  ];
  const audiences: [string, unknown][] = [
    ['another app client', 'another'],
    ['an app client in upper case', undefined],
    ['several app clients', ['another']],
    ['a list of one app client', []],
    ['no app client', null],
  ];
  return [
    ...changes.map(([name, change]) => ({
      name,
      make: (kind: Kind, claims: Claims) => mint.honest(kind, { ...claims, ...change }),
    })),
    ...audiences.map(([name, value]) => ({
      name,
      make: (kind: Kind, claims: Claims) => {
        const member = kind === 'id' ? 'aud' : 'client_id';
        const own = String(claims[member]);
        const list = Array.isArray(value) ? [...value, own] : value;
        const other = value === undefined ? own.toUpperCase() : list;
        return mint.honest(kind, { ...claims, [member]: other ?? undefined });
      },
    })),
    {
      name: 'the token_use of the other kind',
      make: (kind, claims) =>
        mint.honest(kind, { ...claims, token_use: kind === 'id' ? 'access' : 'id' }),
    },
    {
      name: 'a member twice, the last one wrong',
      make: (kind, claims) => {
        const text = JSON.stringify(claims);
        return mint.honest(kind, `${text.slice(0, -1)},"iss":"https://evil.example"}`);
      },
    },
  ];
}

function deep(levels: number): string {
  return `${'['.repeat(levels)}${']'.repeat(levels)}`;
}

/** Changes the first character, all of whose bits count. */
function flip(text: string): string {
  return `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
}

function publicKeyOf(jwk: SigningKey['publicJwk']): KeyObject {
  return createPublicKey({ key: { ...jwk }, format: 'jwk' });
}

async function encrypted(jwk: SigningKey['publicJwk'], claims: Claims): Promise<string> {
  const key = await importJWK({ kty: jwk.kty, e: jwk.e, n: jwk.n, alg: 'RSA-OAEP' });
  return new CompactEncrypt(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'RSA-OAEP', enc: 'A256GCM', kid: jwk.kid })
    .encrypt(key);
}
