import { describe, expect, it } from 'vitest';
import type { LocalPool } from '../src/pool';
import { type Session, signInToApi } from './api';
import { type Changes, createAuthenticator } from './authenticator';
import { BOB, FOREIGN, START, startPool } from './support';

const start = () => startPool({ passkeys: true });

/** Starts a registration, and returns its challenge. */
async function challengeOf(session: Session): Promise<string> {
  const { CredentialCreationOptions } = Object(await session.done('StartWebAuthnRegistration'));
  return String(Object(CredentialCreationOptions).challenge);
}

async function add(session: Session, authenticator = createAuthenticator()): Promise<void> {
  const Credential = authenticator.create(await challengeOf(session));
  expect(await session.done('CompleteWebAuthnRegistration', { Credential })).toEqual({});
}

/** `__type` with which a registration is refused. */
async function refused(session: Session, changes: Changes): Promise<string> {
  const Credential = createAuthenticator().create(await challengeOf(session), changes);
  return typeOf(await session.refusal('CompleteWebAuthnRegistration', { Credential }));
}

function typeOf(refusal: string): string {
  return refusal.replace(/:.*/s, '');
}

async function names(session: Session): Promise<unknown[]> {
  const { Credentials } = Object(await session.done('ListWebAuthnCredentials'));
  return [Credentials].flat().map(({ FriendlyCredentialName }) => FriendlyCredentialName);
}

async function tokenOf(pool: LocalPool, username: string, client: string): Promise<string> {
  return (await pool.mint(username, { client })).access_token;
}

describe('StartWebAuthnRegistration', () => {
  it('returns the options as an object, for the relying party localhost on loopback', async () => {
    const session = await signInToApi(await start());
    const { CredentialCreationOptions } = Object(await session.done('StartWebAuthnRegistration'));
    const { sub } = await session.attributes();
    expect(CredentialCreationOptions).toEqual({
      authenticatorSelection: {
        requireResidentKey: true,
        residentKey: 'required',
        userVerification: 'preferred',
      },
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      excludeCredentials: [],
      pubKeyCredParams: [
        { alg: -7, type: 'public-key' },
        { alg: -257, type: 'public-key' },
      ],
      rp: { id: 'localhost', name: 'localhost' },
      timeout: 60_000,
      user: {
        displayName: 'alice',
        id: Buffer.from(sub ?? '').toString('base64url'),
        name: 'alice',
      },
    });
  });

  it('has the host name of the domain as relying party where that is a name', async () => {
    const session = await signInToApi(
      await startPool({ passkeys: true, domain: 'https://auth.example.com' }),
    );
    const { CredentialCreationOptions } = Object(await session.done('StartWebAuthnRegistration'));
    expect(CredentialCreationOptions).toMatchObject({ rp: { id: 'auth.example.com' } });
  });

  it('excludes the passkeys that the user has, and ends at 20', async () => {
    const session = await signInToApi(await start());
    const first = createAuthenticator();
    await add(session, first);
    const { CredentialCreationOptions } = Object(await session.done('StartWebAuthnRegistration'));
    expect(CredentialCreationOptions).toMatchObject({
      excludeCredentials: [{ id: first.id, type: 'public-key' }],
    });
    for (let count = 1; count < 20; count++) await add(session);
    expect(await session.refusal('StartWebAuthnRegistration')).toMatch(/^LimitExceededException/);
  });
});

describe('CompleteWebAuthnRegistration', () => {
  it.each(['ES256', 'RS256'] as const)(
    'accepts %s, and the passkey is listed',
    async (algorithm) => {
      const session = await signInToApi(await start());
      const authenticator = createAuthenticator(algorithm);
      await add(session, authenticator);
      expect(await session.done('ListWebAuthnCredentials', { MaxResults: 20 })).toEqual({
        Credentials: [
          {
            CredentialId: authenticator.id,
            FriendlyCredentialName: 'Passkey',
            RelyingPartyId: 'localhost',
            AuthenticatorAttachment: 'platform',
            AuthenticatorTransports: ['internal'],
            CreatedAt: START,
          },
        ],
      });
      expect(await session.done('GetUserAuthFactors')).toMatchObject({
        ConfiguredUserAuthFactors: ['PASSWORD', 'WEB_AUTHN'],
      });
    },
  );

  it('names a security key as Cognito does', async () => {
    const session = await signInToApi(await start());
    const changes = { attachment: 'cross-platform' };
    const Credential = createAuthenticator().create(await challengeOf(session), changes);
    await session.done('CompleteWebAuthnRegistration', { Credential });
    expect(await names(session)).toEqual(['Roaming passkey']);
  });

  it('refuses another origin, another relying party, and what is no registration', async () => {
    const session = await signInToApi(await start());
    for (const origin of ['https://evil.example', 'http://localhost.evil.example', 'null']) {
      expect(await refused(session, { origin })).toBe('WebAuthnOriginNotAllowedException');
    }
    expect(await refused(session, { rpId: 'evil.example' })).toBe(
      'WebAuthnRelyingPartyMismatchException',
    );
    const unsupported = 'WebAuthnCredentialNotSupportedException';
    expect(await refused(session, { type: 'webauthn.get' })).toBe(unsupported);
    expect(await refused(session, { userPresent: false })).toBe(unsupported);
    const Credential = createAuthenticator('ES384').create(await challengeOf(session));
    const said = await session.refusal('CompleteWebAuthnRegistration', { Credential });
    expect(typeOf(said)).toBe(unsupported);
    expect(await names(session)).toEqual([]);
  });

  it('accepts a challenge once, for five minutes, from its user and its client', async () => {
    const pool = await start();
    const session = await signInToApi(pool);
    const complete = async (Credential: unknown, by = session) =>
      typeOf(await by.refusal('CompleteWebAuthnRegistration', { Credential }));
    const gone = 'WebAuthnChallengeNotFoundException';

    const challenge = await challengeOf(session);
    await session.done('CompleteWebAuthnRegistration', {
      Credential: createAuthenticator().create(challenge),
    });
    expect(await complete(createAuthenticator().create(challenge))).toBe(gone);
    expect(await complete(createAuthenticator().create('made-up'))).toBe(gone);

    const ofAlice = createAuthenticator().create(await challengeOf(session));
    expect(await complete(ofAlice, await signInToApi(pool, BOB))).toBe(gone);

    const AccessToken = await tokenOf(pool, 'alice', FOREIGN.clientId);
    const said = await session.refusal('CompleteWebAuthnRegistration', {
      AccessToken,
      Credential: createAuthenticator().create(await challengeOf(session)),
    });
    expect(typeOf(said)).toBe('WebAuthnClientMismatchException');

    const late = createAuthenticator().create(await challengeOf(session));
    pool.advance(300);
    expect(await complete(late)).toBe(gone);
  });

  it('refuses a credential without its members', async () => {
    const session = await signInToApi(await start());
    for (const Credential of [{}, 'text', { id: 'x', response: { clientDataJSON: 'e30' } }]) {
      const said = await session.refusal('CompleteWebAuthnRegistration', { Credential });
      expect(typeOf(said)).toBe('InvalidParameterException');
    }
  });
});

describe('DeleteWebAuthnCredential', () => {
  it("deletes the user's own passkey, and nobody else's", async () => {
    const pool = await start();
    const session = await signInToApi(pool);
    const authenticator = createAuthenticator();
    await add(session, authenticator);
    const passkey = { CredentialId: authenticator.id };
    const bob = await signInToApi(pool, BOB);
    expect(typeOf(await bob.refusal('DeleteWebAuthnCredential', passkey))).toBe(
      'ResourceNotFoundException',
    );
    expect(await names(session)).toHaveLength(1);
    expect(await session.done('DeleteWebAuthnCredential', passkey)).toEqual({});
    expect(await names(session)).toEqual([]);
  });
});
