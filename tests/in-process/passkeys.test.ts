import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createAuthenticator } from '@/lib/local-pool/tests/authenticator';
import { type InProcessSite, startInProcess } from '../support/in-process';
import { createVisitor, type Visitor } from '../support/visitor';

const PAGE = '/account/passkeys';
const RESULTS = ['success', 'invalid_session', 'cancelled', '', '"><script>', '//evil.example'];

let site: InProcessSite;
beforeAll(async () => {
  site = await startInProcess({ pool: { passkeys: true } });
});
afterAll(() => site.close());

/** Calls the user pool as alice, without the site. */
async function call(operation: string, input: object = {}): Promise<Record<string, unknown>> {
  const response = await site.pool.fetch(
    new Request(`${site.environment.COGNITO_DOMAIN}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify({ AccessToken: (await site.kit.mint('alice')).accessToken, ...input }),
    }),
  );
  return Object(await response.json());
}

/** Gives alice a passkey: its ID. */
async function addPasskey(): Promise<string> {
  const { CredentialCreationOptions } = await call('StartWebAuthnRegistration');
  const authenticator = createAuthenticator();
  const { challenge } = Object(CredentialCreationOptions);
  const Credential = authenticator.create(String(challenge));
  expect(await call('CompleteWebAuthnRegistration', { Credential })).toEqual({});
  return authenticator.id;
}

async function idsOf(): Promise<unknown[]> {
  const { Credentials } = await call('ListWebAuthnCredentials');
  return [Credentials].flat().map((one) => Object(one).CredentialId);
}

const back = (visitor: Visitor, result: string, more = '') =>
  visitor.open(`/login?result=${encodeURIComponent(result)}${more}`);
const sealed = (visitor: Visitor) =>
  visitor.cookieNames('session').map((name) => visitor.cookies.get('localhost')?.get(name));

/** Signs in, and goes to the hosted UI to add a passkey. */
async function atHostedUi(): Promise<{ visitor: Visitor; sentTo: URL }> {
  const visitor = createVisitor(site.origin);
  await visitor.signIn('alice');
  const { status, headers } = await visitor.open(`${PAGE}/add`);
  expect(status).toBe(303);
  return { visitor, sentTo: new URL(headers.get('location') ?? '') };
}

describe('a forged result at /login', () => {
  test.each(RESULTS)('signs nobody in: %j', async (result) => {
    const visitor = createVisitor(site.origin);
    const answer = await back(visitor, result);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${site.origin}/`]);
    expect(answer.setCookies).toEqual([]);
  });

  test.each(RESULTS)('changes nothing for a user who is signed in: %j', async (result) => {
    const visitor = createVisitor(site.origin);
    await visitor.signIn('alice');
    const before = sealed(visitor);
    const answer = await back(visitor, result);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${site.origin}/`]);
    expect(answer.setCookies).toEqual([]);
    expect(sealed(visitor)).toEqual(before);
    expect((await visitor.open('/profile')).status).toBe(200);
  });

  test('is not believed in a browser that went to the hosted UI either', async () => {
    const { visitor } = await atHostedUi();
    const answer = await back(visitor, 'success');
    expect(answer.headers.get('location')).toBe(`${site.origin}${PAGE}`);
    expect(answer.setCookies.join()).toContain('cancelled');
    expect(answer.setCookies.join()).not.toContain('passkeyAdded');
  });

  test('with a code is still a callback, and an unknown one', async () => {
    const answer = await back(createVisitor(site.origin), 'success', '&code=x&state=y');
    expect(answer.status).toBe(400);
  });
});

describe('the way to the hosted UI', () => {
  test('names the app client and the callback URL, and marks the browser for a quarter of an hour', async () => {
    const { sentTo } = await atHostedUi();
    const { COGNITO_DOMAIN, COGNITO_CLIENT_ID, COGNITO_REDIRECT_URI } = site.environment;
    expect(`${sentTo.origin}${sentTo.pathname}`).toBe(`${COGNITO_DOMAIN}/passkeys/add`);
    expect(Object.fromEntries(sentTo.searchParams)).toEqual({
      client_id: COGNITO_CLIENT_ID,
      redirect_uri: COGNITO_REDIRECT_URI,
    });
    const visitor = createVisitor(site.origin);
    await visitor.signIn('alice');
    const { setCookies } = await visitor.open(`${PAGE}/add`);
    expect(setCookies).toEqual([
      expect.stringMatching(
        /^passkey=[0-9a-f]{16}\.0\.; Path=\/login; Max-Age=900; HttpOnly; SameSite=Lax$/,
      ),
    ]);
  });

  test('needs a sign-in, and one that is at most ten minutes old', async () => {
    const signedOut = await createVisitor(site.origin).open(`${PAGE}/add`);
    expect(signedOut.headers.get('location')).toContain('/oauth2/authorize');

    const { visitor } = await atHostedUi();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 601_000 });
    try {
      const { headers, setCookies } = await visitor.open(`${PAGE}/add`);
      const query = new URLSearchParams({ returnTo: `${PAGE}/add`, max_age: '600' });
      expect(headers.get('location')).toBe(`${site.origin}/login?${query}`);
      expect(setCookies.join()).not.toContain('passkey=');
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the way back', () => {
  test.each(['success', 'cancelled', 'invalid'])(
    'tells what is listed, whatever it says: %s',
    async (result) => {
      const { visitor } = await atHostedUi();
      const CredentialId = await addPasskey();
      const answer = await back(visitor, result);
      expect(answer.headers.get('location')).toBe(`${site.origin}${PAGE}`);
      expect(answer.setCookies.join()).toContain('passkeyAdded');
      await call('DeleteWebAuthnCredential', { CredentialId });
    },
  );

  test('without a session on the hosted UI leads through a sign-in, once', async () => {
    const { visitor } = await atHostedUi();
    const first = await back(visitor, 'invalid_session');
    const query = { returnTo: `${PAGE}/add?again`, max_age: '600' };
    expect(first.headers.get('location')).toBe(
      `${site.origin}/login?${new URLSearchParams(query)}`,
    );
    await visitor.open(`${PAGE}/add?again`);
    const second = await back(visitor, 'invalid_session');
    expect(second.headers.get('location')).toBe(`${site.origin}${PAGE}`);
  });

  test('works once: the mark is gone', async () => {
    const { visitor } = await atHostedUi();
    await back(visitor, 'success');
    const again = await back(visitor, 'success');
    expect(again.headers.get('location')).toBe(`${site.origin}/`);
  });

  test('works with a state too, and is never an error page', async () => {
    const { visitor } = await atHostedUi();
    const answer = await back(visitor, 'an_unknown_result', '&state=echoed');
    expect(answer.headers.get('location')).toBe(`${site.origin}${PAGE}`);
  });

  test('says nothing during an outage, and still leads to the list', async () => {
    const { visitor } = await atHostedUi();
    site.pool.fault('ListWebAuthnCredentials', { status: 503 });
    const answer = await back(visitor, 'success');
    site.pool.fault('ListWebAuthnCredentials', null);
    expect(answer.headers.get('location')).toBe(`${site.origin}${PAGE}`);
    expect(answer.setCookies.join()).not.toMatch(/passkeyAdded|cancelled/);
  });

  test('of another user shows that user nothing of alice', async () => {
    const { visitor } = await atHostedUi();
    for (const jar of visitor.cookies.values()) jar.delete('cognito');
    for (const name of visitor.cookieNames('session'))
      visitor.cookies.get('localhost')?.delete(name);
    await visitor.signIn('bob');
    const answer = await back(visitor, 'success');
    expect(answer.headers.get('location')).toBe(`${site.origin}${PAGE}`);
    expect(answer.setCookies.join()).not.toMatch(/passkeyAdded|cancelled/);
  });
});

describe('a form that deletes a passkey', () => {
  const form = (id: string) => ({ form: 'passkey', id });

  test('deletes the user’s own, once; the second time it is gone already', async () => {
    const id = await addPasskey();
    const visitor = createVisitor(site.origin);
    await visitor.signIn('alice');
    for (const _ of ['first', 'second']) {
      const answer = await visitor.post('/account/save', form(id));
      expect(answer.headers.get('location')).toBe(`${site.origin}${PAGE}`);
      expect(answer.setCookies.join()).toContain('passkeyDeleted');
      expect(await idsOf()).toEqual([]);
    }
  });

  test('is refused from another site, to another user, and after ten minutes', async () => {
    const id = await addPasskey();
    const visitor = createVisitor(site.origin);
    await visitor.signIn('alice');
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await visitor.post('/account/save', form(id), foreign)).status).toBe(403);
    const bob = createVisitor(site.origin);
    await bob.signIn('bob');
    await bob.post('/account/save', form(id));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 601_000 });
    try {
      const late = await visitor.post('/account/save', form(id));
      expect(late.headers.get('location')).toBe(
        `${site.origin}/login?returnTo=${PAGE}&max_age=600`,
      );
    } finally {
      vi.useRealTimers();
    }
    expect(await idsOf()).toEqual([id]);
    await call('DeleteWebAuthnCredential', { CredentialId: id });
  });
});
