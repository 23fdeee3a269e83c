/** The forms of the account pages, over HTTP: what an attacker or an unlucky user can send. */
import { unsealData } from 'iron-session';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { comeBack } from '../support/expired';
import { type RunningSite, SECRET, startSite } from '../support/site';
import { createVisitor, type Visitor } from '../support/visitor';

const SAVE = '/account/save';
const PASSWORD = { form: 'password', current: 'Alice-password-1', new: 'Alice-password-2' };

let site: RunningSite;
let alice: Visitor;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.close());
afterEach(() => {
  for (const operation of OPERATIONS) site.pool.fault(operation, null);
});
const OPERATIONS = ['ChangePassword', 'GetUser', 'UpdateUserAttributes', 'DeleteUser'] as const;

/** Alice, who signed in some seconds ago. */
const arrive = async (ago = 10) => {
  alice = await comeBack(site, { ago });
  return alice;
};
const calls = () =>
  site.pool
    .requests()
    .map(({ operation }) => operation)
    .filter(Boolean);
/** The claims of a new ID token: what the user pool knows about a user. */
async function claimsOf(username: string): Promise<Record<string, unknown>> {
  const { id_token: token = '' } = await site.pool.mint(username, {});
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}
const errorsAt = async (path: string) =>
  /<div role="alert"[\s\S]*?<\/div>/.exec((await alice.open(path)).body)?.[0] ?? '';

describe('a form that nobody may send', () => {
  test.each([
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['from a sibling host', { 'sec-fetch-site': 'same-site', origin: 'http://a.localhost' }],
  ])('%s changes nothing', async (_, headers) => {
    await arrive();
    const before = calls().length;
    for (const form of [PASSWORD, { form: 'profile', name: 'Mallory' }, { form: 'delete' }]) {
      expect((await alice.post(SAVE, form, headers)).status).toBe(403);
    }
    expect(calls().length).toBe(before);
    // Without a session, it would plant a text in a form that the user sends later.
    const visitor = createVisitor(site.origin);
    const planted = await visitor.post(SAVE, { form: 'profile', name: 'Mallory' }, headers);
    expect([planted.status, visitor.cookieNames('kept-form')]).toEqual([403, []]);
  });

  test('without a session leads to the sign-in, and the text is back afterwards', async () => {
    const visitor = createVisitor(site.origin);
    const page = (await (await arrive()).open('/account')).body;
    const owner = /name="owner" value="(\w+)"/.exec(page)?.[1] ?? '';
    const form = { form: 'profile', owner, name: 'Typed before', given_name: '' };
    const answer = await visitor.post(SAVE, form);
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      `${site.origin}/login?returnTo=/account`,
    ]);
    expect(answer.setCookies.join()).not.toContain('Typed');
    await visitor.signIn('alice', '/login?returnTo=/account');
    expect((await visitor.open('/account')).body).toContain('value="Typed before"');
    expect((await claimsOf('alice')).name).not.toBe('Typed before');
  });

  test.each([
    ['email', 'typed@example.com'],
    ['phone', '+12065550199'],
  ])('for %s comes back after the sign-in, too', async (name, value) => {
    await arrive(700);
    const page = (await (await arrive(10)).open(`/account/${name}`)).body;
    const owner = /name="owner" value="(\w+)"/.exec(page)?.[1] ?? '';
    await arrive(700);
    const answer = await alice.post(SAVE, { form: name, owner, new: value });
    expect(answer.headers.get('location')).toContain('max_age=600');
    const recent = await comeBack(site, { ago: 5 });
    for (const [key, cookie] of alice.cookies.get('localhost') ?? []) {
      if (key.startsWith('kept-form')) recent.cookies.get('localhost')?.set(key, cookie);
    }
    expect((await recent.open(`/account/${name}`)).body).toContain(`value="${value}"`);
  });

  test('from a tab in which another user was signed in changes nothing of this one', async () => {
    const bob = await comeBack(site, { username: 'bob', ago: 10 });
    const page = (await bob.open('/account')).body;
    const owner = /name="owner" value="(\w+)"/.exec(page)?.[1] ?? '';
    await arrive();
    const before = calls().length;
    const confirmation = 'delete my account';
    for (const form of ['profile', 'delete', 'password']) {
      const answer = await alice.post(SAVE, {
        ...PASSWORD,
        form,
        owner,
        name: 'Bob',
        confirmation,
      });
      expect(answer.status).toBe(303);
    }
    expect(calls().length).toBe(before);
    expect((await alice.open('/account/password')).body).toContain(
      'Nothing was changed: another user',
    );
  });

  test('of another user is not shown to the next one', async () => {
    const visitor = createVisitor(site.origin);
    await visitor.post(SAVE, { form: 'profile', owner: 'somebody else', name: 'Not yours' });
    await visitor.signIn('bob', '/login?returnTo=/account');
    expect((await visitor.open('/account')).body).not.toContain('Not yours');
  });

  test.each(['password', 'email', 'phone', 'delete'])(
    'needs a recent sign-in for %s, even with everything else right',
    async (form) => {
      await arrive(700);
      const before = calls().length;
      const confirmation = 'delete my account';
      const answer = await alice.post(SAVE, { ...PASSWORD, form, new: 'x', confirmation });
      expect(answer.headers.get('location')).toMatch(
        /\/login\?returnTo=\/account\/\w+&max_age=600$/,
      );
      expect(calls().length).toBe(before);
      expect((await alice.open(`/account/${form}`)).headers.get('location')).toContain(
        'max_age=600',
      );
    },
  );

  test('with another name, or too long, is refused', async () => {
    await arrive();
    expect((await alice.post(SAVE, { form: 'constructor' })).status).toBe(404);
    expect((await alice.post(SAVE, {})).status).toBe(404);
    const large = { form: 'profile', name: 'x'.repeat(20_000) };
    expect((await alice.post(SAVE, large)).status).toBe(413);
    expect((await alice.open(SAVE)).status).toBe(405);
  });
});

describe('the profile', () => {
  test('changes the listed attributes only, and the next page shows them', async () => {
    await arrive();
    const form = { form: 'profile', name: 'Alice <b>Bold</b>', 'custom:role': 'admin', sub: 'x' };
    const answer = await alice.post(SAVE, { ...form, email: 'mallory@example.com' });
    expect(answer.headers.get('location')).toBe(`${site.origin}/account`);
    const page = await alice.open('/account');
    expect(page.body).toContain('Alice &lt;b&gt;Bold&lt;/b&gt;');
    expect(page.body).not.toContain('<b>Bold');
    expect(page.body).toContain('Saved.');
    const claims = await claimsOf('alice');
    expect(claims).toMatchObject({ name: 'Alice <b>Bold</b>', email: 'alice@example.com' });
    expect(claims).not.toHaveProperty('custom:role');
  });

  test('sends only what differs', async () => {
    await arrive();
    const before = calls().length;
    const name = String((await claimsOf('alice')).name);
    await alice.post(SAVE, { form: 'profile', name });
    expect(calls().slice(before)).toEqual(['GetUser']);
  });

  test('keeps the values, and says what is wrong, next to the field', async () => {
    await arrive();
    const owner = /name="owner" value="(\w+)"/.exec((await alice.open('/account')).body)?.[1] ?? '';
    const form = { form: 'profile', owner, name: 'A', picture: 'javascript:alert(1)' };
    await alice.post(SAVE, { ...form, zoneinfo: 'Nowhere/Land' });
    const { body } = await alice.open('/account');
    expect(body).toContain('Enter an address that starts with https://.');
    expect(body).toContain('value="Nowhere/Land"');
    expect(body).toMatch(/aria-invalid="true"[^>]*aria-describedby="profile-picture-hint/);
  });
});

describe('a refusal of the user pool', () => {
  const CASES: [string, object, string][] = [
    ['too many attempts', { exception: 'LimitExceededException' }, 'Too many attempts.'],
    ['throttling', { exception: 'TooManyRequestsException' }, 'Too many people'],
    ['a firewall', { exception: 'ForbiddenException' }, 'blocked'],
    ['an internal error', { exception: 'InternalErrorException' }, 'is not responding'],
    ['no response', { reset: true }, 'is not responding'],
    ['a new error', { exception: 'BrandNewException' }, 'didn’t work'],
    [
      'a reused password',
      { exception: 'PasswordHistoryPolicyViolationException' },
      'used this password',
    ],
  ];
  test.each(CASES)(
    'by %s is said in plain words, and nobody is signed out',
    async (_, fault, text) => {
      await arrive();
      await alice.open('/account/password');
      const owner = await ownerAt('/account/password');
      site.pool.fault('ChangePassword', fault);
      await alice.post(SAVE, { ...PASSWORD, owner });
      expect(await errorsAt('/account/password')).toContain(text);
      expect((await alice.open('/account')).status).toBe(200);
    },
  );

  test('of the old password is not a sign-out, and the passwords are nowhere', async () => {
    await arrive();
    const owner = await ownerAt('/account/password');
    const secret = { current: 'Wrong-secret-77', new: 'Next-secret-88' };
    const answer = await alice.post(SAVE, { ...PASSWORD, ...secret, owner });
    const { body } = await alice.open('/account/password');
    expect(body).toContain('The current password is wrong.');
    expect(await keptIn(alice, '/account/password')).toEqual({});
    const seen = [answer.body, body, JSON.stringify([...answer.headers]), site.output()].join();
    expect(seen).not.toMatch(/-secret-\d\d/);
  });

  test('of a token without the scope says which setting to check', async () => {
    const other = await startSite({ env: { COGNITO_SCOPES: 'openid email profile' } });
    const visitor = createVisitor(other.origin);
    await visitor.signIn('alice', '/account');
    expect((await visitor.open('/account')).body).toContain('aws.cognito.signin.user.admin');
    await other.close();
  });

  test('of revoked tokens leads to the sign-in', async () => {
    await arrive();
    site.pool.revokeAll('alice');
    const answer = await alice.post(SAVE, { form: 'profile', name: 'Someone' });
    expect(answer.headers.get('location')).toBe(`${site.origin}/login?returnTo=/account`);
  });

  /** What a visitor's cookie keeps of a form. */
  async function keptIn(visitor: Visitor, path: string): Promise<unknown> {
    const name = visitor
      .cookieNames('kept-form')
      .find((each) => each.endsWith(path.replaceAll('/', '-')));
    const sealed = visitor.cookies.get('localhost')?.get(name ?? '') ?? '';
    const password = `kept-form:${SECRET}`;
    const kept = await unsealData<{ values?: unknown }>(sealed, { password });
    return kept.values;
  }

  async function ownerAt(path: string): Promise<string> {
    return /name="owner" value="(\w+)"/.exec((await alice.open(path)).body)?.[1] ?? '';
  }
});

test('an outage of the user pool leaves the account page readable', async () => {
  await arrive();
  site.pool.fault('GetUser', { exception: 'InternalErrorException' });
  const page = await alice.open('/account');
  expect([page.status, page.body.includes('is not responding')]).toEqual([200, true]);
  expect(page.body).toContain('alice@example.com');
});

test('whose tokens the user pool no longer accepts, a user loses no note by deleting the account', async () => {
  await arrive();
  site.pool.fault('GetUser', {
    exception: 'NotAuthorizedException',
    message: 'Access Token has been revoked',
  });
  const before = calls().length;
  const confirmation = 'delete my account';
  const answer = await alice.post(SAVE, { form: 'delete', confirmation });
  expect(answer.headers.get('location')).toContain('/login?returnTo=/account/delete');
  expect(calls().slice(before)).toEqual(['GetUser']);
});

test('a form that is too long for a cookie still says what is wrong', async () => {
  await arrive();
  const page = (await alice.open('/account')).body;
  const owner = /name="owner" value="(\w+)"/.exec(page)?.[1] ?? '';
  const long = {
    name: '名'.repeat(100),
    given_name: '名'.repeat(100),
    family_name: '名'.repeat(100),
  };
  const picture = `https://example.com/${'x'.repeat(2000)}`;
  await alice.post(SAVE, { form: 'profile', owner, ...long, picture, zoneinfo: 'Nowhere' });
  expect((await alice.open('/account')).body).toContain('Enter the name of a time zone');
});

test('in a user pool that changes an email address at once, the log says so at once', async () => {
  const other = await startSite({ pool: { verifyBeforeUpdate: [] } });
  const visitor = await comeBack(other, { ago: 10 });
  await visitor.post(SAVE, { form: 'email', new: 'new@example.com' });
  expect(other.output()).toMatch(/"type":"account.changed","what":"email"/);
  await other.close();
});

test('an account is deleted only with the typed words, and its session ends', async () => {
  const bob = await comeBack(site, { username: 'bob', ago: 10 });
  await bob.post(SAVE, { form: 'delete', confirmation: 'yes' });
  expect(await claimsOf('bob')).toMatchObject({ name: 'Bob Baker' });
  const answer = await bob.post(SAVE, { form: 'delete', confirmation: ' Delete my account ' });
  expect(answer.headers.get('location')).toContain(`${site.environment.COGNITO_DOMAIN}/logout?`);
  await expect(claimsOf('bob')).rejects.toThrow();
  expect(bob.cookieNames('session')).toEqual([]);
  expect((await bob.open('/account')).status).toBe(307);
});

test('the log has each change and each refusal, and no value of them', () => {
  expect(site.output()).toMatch(/"type":"account.changed","what":"profile"/);
  expect(site.output()).toMatch(/"type":"account.changed","what":"deleted"/);
  expect(site.output()).toMatch(
    /"level":"warn".*"type":"account.failed","what":"password","code":"wrong_password"/,
  );
  expect(site.output()).toMatch(
    /"level":"error".*"type":"account.failed","what":"password","code":"unavailable"/,
  );
  expect(site.output()).not.toMatch(/Bold|alice@example|"sub"/);
});
