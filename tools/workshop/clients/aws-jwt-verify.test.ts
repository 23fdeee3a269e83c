import { CognitoJwtVerifier, JwtVerifier } from 'aws-jwt-verify';
import {
  CognitoJwtInvalidClientIdError,
  CognitoJwtInvalidGroupError,
  CognitoJwtInvalidTokenUseError,
  JwtExpiredError,
  JwtInvalidIssuerError,
  JwtInvalidSignatureError,
  KidNotFoundInJwksError,
} from 'aws-jwt-verify/error';
import { fetchJwks } from 'aws-jwt-verify/jwk';
import { describe, expect, test } from 'vitest';
import type { ServedPool } from '@/lib/local-pool/src/serve';
import { signInForTokens } from './code-flow';
import { BOB } from './hosted-ui';
import { CONFIDENTIAL, PUBLIC, servePool } from './served-pool';

const USER_POOL_ID = 'us-east-1_LocalPool';
/** The only issuer that CognitoJwtVerifier accepts for this pool: it derives it from the pool's ID. */
const AWS_ISSUER = `https://cognito-idp.us-east-1.amazonaws.com/${USER_POOL_ID}`;

const atAwsIssuer = () => servePool({ issuer: AWS_ISSUER });
const jwksOf = ({ origin }: ServedPool) =>
  fetchJwks(`${origin}/${USER_POOL_ID}/.well-known/jwks.json`);

/** A verifier that gets the keys from the test, as its documentation describes for use without internet access. */
async function cognitoVerifier(served: ServedPool, clientId: string) {
  const verifier = CognitoJwtVerifier.create({ userPoolId: USER_POOL_ID, clientId });
  verifier.cacheJwks(await jwksOf(served));
  return verifier;
}

describe.each([
  ['confidential', CONFIDENTIAL],
  ['public', PUBLIC],
])('CognitoJwtVerifier accepts from the %s client', (_, client) => {
  test('the ID token', async () => {
    const served = await atAwsIssuer();
    const { idToken } = await signInForTokens(served.origin, client);
    const verifier = await cognitoVerifier(served, client.clientId);
    const claims = await verifier.verify(idToken, { tokenUse: 'id' });
    expect(claims).toMatchObject({
      iss: AWS_ISSUER,
      aud: client.clientId,
      'cognito:username': 'alice',
      email_verified: true,
    });
  });

  test('the access token, with its scope', async () => {
    const served = await atAwsIssuer();
    const { accessToken } = await signInForTokens(served.origin, client);
    const verifier = await cognitoVerifier(served, client.clientId);
    const claims = await verifier.verify(accessToken, { tokenUse: 'access', scope: 'openid' });
    expect(claims).toMatchObject({ client_id: client.clientId, username: 'alice', version: 2 });
  });
});

describe('CognitoJwtVerifier rejects', () => {
  test("another app client's tokens", async () => {
    const served = await atAwsIssuer();
    const { idToken, accessToken } = await signInForTokens(served.origin, PUBLIC);
    const verifier = await cognitoVerifier(served, CONFIDENTIAL.clientId);
    const asId = verifier.verify(idToken, { tokenUse: 'id' });
    await expect(asId).rejects.toThrow(CognitoJwtInvalidClientIdError);
    const asAccess = verifier.verify(accessToken, { tokenUse: 'access' });
    await expect(asAccess).rejects.toThrow(CognitoJwtInvalidClientIdError);
  });

  test('an ID token used as an access token, and the reverse', async () => {
    const served = await atAwsIssuer();
    const { idToken, accessToken } = await signInForTokens(served.origin, CONFIDENTIAL);
    const verifier = await cognitoVerifier(served, CONFIDENTIAL.clientId);
    const idAsAccess = verifier.verify(idToken, { tokenUse: 'access' });
    await expect(idAsAccess).rejects.toThrow(CognitoJwtInvalidTokenUseError);
    const accessAsId = verifier.verify(accessToken, { tokenUse: 'id' });
    await expect(accessAsId).rejects.toThrow(CognitoJwtInvalidTokenUseError);
  });

  test('a user outside the group', async () => {
    const served = await atAwsIssuer();
    const verifier = await cognitoVerifier(served, CONFIDENTIAL.clientId);
    const alice = await signInForTokens(served.origin, CONFIDENTIAL);
    const admins = { tokenUse: 'id', groups: 'admin' } as const;
    expect((await verifier.verify(alice.idToken, admins))['cognito:groups']).toEqual(['admin']);
    const bob = await signInForTokens(served.origin, CONFIDENTIAL, BOB);
    const refused = verifier.verify(bob.idToken, admins);
    await expect(refused).rejects.toThrow(CognitoJwtInvalidGroupError);
  });

  test('an expired token', async () => {
    const served = await servePool({
      issuer: AWS_ISSUER,
      now: () => Math.floor(Date.now() / 1000) - 3601,
    });
    const { idToken } = await signInForTokens(served.origin, CONFIDENTIAL);
    const verifier = await cognitoVerifier(served, CONFIDENTIAL.clientId);
    const verified = verifier.verify(idToken, { tokenUse: 'id' });
    await expect(verified).rejects.toThrow(JwtExpiredError);
  });

  test('a token signed with a key that the pool no longer publishes', async () => {
    const served = await atAwsIssuer();
    const { idToken } = await signInForTokens(served.origin, CONFIDENTIAL);
    await served.pool.rotateKeys();
    const verifier = await cognitoVerifier(served, CONFIDENTIAL.clientId);
    // `verify` would request the missing key from AWS.
    const verified = () => verifier.verifySync(idToken, { tokenUse: 'id' });
    expect(verified).toThrow(KidNotFoundInJwksError);
  });

  test('a token that has been changed', async () => {
    const served = await atAwsIssuer();
    const { idToken } = await signInForTokens(served.origin, CONFIDENTIAL, BOB);
    const [header = '', body = '', signature = ''] = idToken.split('.');
    const claims = Buffer.from(body, 'base64url').toString().replaceAll('"bob"', '"alice"');
    const forged = [header, Buffer.from(claims).toString('base64url'), signature].join('.');
    const verifier = await cognitoVerifier(served, CONFIDENTIAL.clientId);
    const verified = verifier.verify(forged, { tokenUse: 'id' });
    await expect(verified).rejects.toThrow(JwtInvalidSignatureError);
  });
});

describe('JwtVerifier, which fetches the keys itself', () => {
  test('accepts the ID token, and the next one after the keys have changed', async () => {
    const { origin, pool } = await servePool();
    const { issuer } = pool.settings;
    const verifier = JwtVerifier.create({ issuer, audience: CONFIDENTIAL.clientId });
    const first = await signInForTokens(origin, CONFIDENTIAL);
    expect((await verifier.verify(first.idToken)).iss).toBe(issuer);

    await pool.rotateKeys();
    const second = await signInForTokens(origin, CONFIDENTIAL);
    expect((await verifier.verify(second.idToken)).iss).toBe(issuer);
    await expect(verifier.verify(first.idToken)).rejects.toThrow(KidNotFoundInJwksError);
  });

  test('accepts the access token, which has no audience', async () => {
    const { origin, pool } = await servePool();
    const verifier = JwtVerifier.create({ issuer: pool.settings.issuer, audience: null });
    const { accessToken } = await signInForTokens(origin, PUBLIC);
    expect(await verifier.verify(accessToken)).not.toHaveProperty('aud');
  });

  test('rejects the tokens of another pool', async () => {
    const [ours, other] = await Promise.all([servePool(), servePool()]);
    const { issuer } = ours.pool.settings;
    const verifier = JwtVerifier.create({ issuer, audience: CONFIDENTIAL.clientId });
    const { idToken } = await signInForTokens(other.origin, CONFIDENTIAL);
    await expect(verifier.verify(idToken)).rejects.toThrow(JwtInvalidIssuerError);
  });
});
