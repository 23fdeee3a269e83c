import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomToken } from '@/lib/cognito/protocol/pkce';
import { comeBack } from '../support/expired';
import { cookieName, send } from '../support/http';
import { type InProcessSite, startInProcess } from '../support/in-process';
import { SECRET } from '../support/site';
import { createVisitor, DOCUMENT, FETCH, type Visitor } from '../support/visitor';

let site: InProcessSite;
const own = (name: string) => cookieName(site.origin, name);
let alice: Visitor;
beforeAll(async () => {
  site = await startInProcess();
  // So many groups that the session doesn't fit into one cookie.
  for (let i = 0; i < 60; i++) site.pool.addToGroup('alice', randomToken(9));
  alice = createVisitor(site.origin);
  await alice.signIn('alice');
  expect(alice.cookieNames('session')).toEqual([own('session.0'), own('session.1')]);
});
afterAll(() => site.close());

/** A copy of Alice's visitor with changed cookies. */
function changed(change: (cookies: Map<string, string>) => void): Visitor {
  const other = alice.clone();
  const cookies = other.cookies.get('localhost');
  if (cookies) change(cookies);
  return other;
}

describe('a session cookie that is', () => {
  test.each<[string, (cookies: Map<string, string>) => void]>([
    [
      'tampered with',
      (cookies) =>
        edit(cookies, (value) => value.replace(/.(?=.{40}$)/, (old) => (old === 'x' ? 'y' : 'x'))),
    ],
    ['truncated', (cookies) => edit(cookies, (value) => value.slice(0, 100))],
    ['garbage', (cookies) => edit(cookies, () => 'garbage')],
    ['full of odd characters', (cookies) => edit(cookies, () => '%00%ff"<>\\*~*~')],
    ['missing a chunk', (cookies) => cookies.delete(own('session.1'))],
    ['in the wrong order', swap],
    [
      'shadowed by another',
      (cookies) => cookies.set(own('session'), 'Fe26.2*1*aa*bb*cc*1*dd*ee~2'),
    ],
  ])('%s means signed out, never an error', async (_, change) => {
    const visitor = changed(change);
    expect((await visitor.open('/')).body).toContain('You are signed out.');
    expect((await visitor.open('/profile')).status).toBe(307);
    expect((await visitor.open('/api/me')).status).toBe(401);
  });

  test('made of chunks of two refreshes means signed out, never a mixture', async () => {
    const before = new Map(alice.clone().cookies.get('localhost'));
    const after = alice.clone();
    await after.post('/refresh', {}, { referer: `${site.origin}/profile` });
    const now = after.cookies.get('localhost');
    expect(now?.get(own('session.1'))).not.toBe(before.get(own('session.1')));
    now?.set(own('session.1'), before.get(own('session.1')) ?? '');
    expect((await after.open('/')).body).toContain('You are signed out.');
    expect((await after.open('/api/me')).status).toBe(401);
  });

  test('sent with a chunk twice is the session or none, never an error', async () => {
    const cookies = [...(alice.cookies.get('localhost') ?? [])];
    const pairs = cookies.map(([name, value]) => `${name}=${value}`);
    for (const extra of [`${own('session.1')}=x`, `${own('session.0')}=x`, pairs[1] ?? '']) {
      for (const header of [
        [extra, ...pairs],
        [...pairs, extra],
      ]) {
        const headers = { ...FETCH, cookie: header.join('; ') };
        const answer = await send(`${site.origin}/api/me`, { headers });
        expect([200, 401]).toContain(answer.status);
        if (answer.status === 200) expect(answer.body).toContain('alice@example.com');
      }
    }
  });

  test('shrinking to one cookie leaves no chunk behind', async () => {
    const bob = createVisitor(site.origin);
    for (let i = 0; i < 60; i++) site.pool.addToGroup('bob', `group-of-bob-${randomToken(9)}-${i}`);
    await bob.signIn('bob');
    expect(bob.cookieNames('session').length).toBe(2);
    const claims = JSON.parse((await bob.open('/api/me', FETCH)).body);
    for (const group of claims['cognito:groups']) site.pool.removeFromGroup('bob', group);
    const answer = await bob.post('/refresh', {}, { referer: `${site.origin}/profile` });
    expect(bob.cookieNames('session')).toEqual([own('session')]);
    const deleted = answer.setCookies.filter((line) => line.startsWith(`${own('session')}.`));
    expect(deleted.length).toBe(2);
    for (const line of deleted) {
      expect(line).toMatch(/^session-\d+\.\d=;.*Path=\/;.*HttpOnly.*SameSite=lax/i);
    }
    expect((await bob.open('/profile')).status).toBe(200);
  });

  // A seal marks its own end, so a chunk that a browser failed to delete doesn't sign the user out.
  test('whole, with a chunk of an older one after it, is still the session', async () => {
    const visitor = changed((cookies) => cookies.set(own('session.2'), 'left over'));
    const page = await visitor.open('/profile');
    expect(page.status).toBe(200);
    expect(page.body).toContain('alice@example.com');
  });
});

describe('cookies on http', () => {
  test('are HttpOnly and Lax, of no more than 4,096 bytes, and no more than needed', async () => {
    const visitor = createVisitor(site.origin);
    const start = await visitor.open('/profile');
    const callback = await visitor.reachCallback('alice');
    const finish = await visitor.open(callback);
    const session = finish.setCookies.filter((line) => line.startsWith('session'));
    for (const line of [...start.setCookies, ...session]) {
      expect(line).toMatch(/; HttpOnly/i);
      expect(line).toMatch(/; SameSite=lax/i);
      expect(line).toMatch(/; Path=\/(;|$)/i);
      expect(line).not.toMatch(/; (Secure|Domain)/i);
      expect(line.split(';')[0]?.length).toBeLessThanOrEqual(4096);
    }
    const maxAge = Number(/max-age=(\d+)/i.exec(session[0] ?? '')?.[1]);
    expect(maxAge).toBeLessThanOrEqual(30 * 24 * 3600);
    expect(maxAge).toBeGreaterThan(29 * 24 * 3600);
    expect((await visitor.open('/profile')).setCookies).toEqual([]);
  });

  test('hold a member of 100 groups', async () => {
    const groups = Array.from({ length: 100 }, (_, index) => `department-${index}-of-something`);
    for (const group of groups) site.pool.addToGroup('bob', group);
    const bob = createVisitor(site.origin);
    const page = await bob.signIn('bob');
    expect(page.status).toBe(200);
    expect(page.body).toContain(groups.at(-1));
    for (const group of groups) site.pool.removeFromGroup('bob', group);
  });

  test('too small for a session lead to a page that says why', async () => {
    const bob = createVisitor(site.origin);
    await bob.signIn('bob');
    const groups = Array.from({ length: 900 }, () => randomToken(18));
    for (const group of groups) site.pool.addToGroup('bob', group);
    const newcomer = createVisitor(site.origin);
    const answer = await newcomer.signIn('bob');
    expect(answer.status).toBe(431);
    expect(answer.body).toContain('Your account has too much data');
    expect(newcomer.cookieNames('session')).toEqual([]);

    // A user who is already signed in stays signed in, with the old tokens.
    await bob.post('/refresh', {}, { referer: `${site.origin}/profile` });
    expect((await bob.open('/profile')).status).toBe(200);
    for (const group of groups) site.pool.removeFromGroup('bob', group);
  });
});

test('two sites on one host, on two ports, do not sign their users out of each other', async () => {
  const other = await startInProcess();
  const alice = createVisitor(site.origin);
  await alice.signIn('alice');
  // Browsers send the cookies of one port to all ports.
  const same = createVisitor(other.origin, alice.cookies);
  expect((await same.open('/api/me', FETCH)).status).toBe(401);
  await same.signIn('bob');
  await same.post('/theme', { theme: 'dark' });
  const back = createVisitor(site.origin, same.cookies);
  expect((await back.open('/api/me', FETCH)).body).toContain('"alice"');
  expect((await back.open('/')).body).not.toContain('data-theme="dark"');
  await back.post('/logout');
  const again = createVisitor(other.origin, back.cookies);
  expect((await again.open('/api/me', FETCH)).body).toContain('"bob"');
  const [one, two] = [site, other].map(({ origin }) => new URL(origin).port);
  const names = [...(again.cookies.get('localhost')?.keys() ?? [])];
  const sites = names.map((name) => /^[a-z]+(?:-out)?-(\d+)(?:[.-].+)?$/.exec(name)?.[1]);
  // The hosted UI is at 127.0.0.1: each cookie of localhost belongs to one of the two sites.
  expect([...new Set(sites)].sort()).toEqual([one, two].sort());
  await other.close();
});

test('cookies on https are Secure and bound to the host, whatever the request says', async () => {
  const other = await startInProcess({ publicOrigin: 'https://app.example.com' });
  try {
    const answer = await send(`${other.address}/profile`, { headers: DOCUMENT });
    expect(answer.setCookies[0]).toMatch(/^__Host-signin-/);
    expect(answer.setCookies[0]).toMatch(/; Secure/);
    expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
    expect(answer.headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
    const location = new URL(answer.headers.get('location') ?? '');
    expect(location.searchParams.get('redirect_uri')).toBe('https://app.example.com/login');

    const cookie = (answer.setCookies[0] ?? '').split(';')[0] ?? '';
    const left = await send(`${other.address}/logout`, {
      method: 'POST',
      headers: { ...DOCUMENT, cookie, origin: 'https://app.example.com' },
    });
    const deleted = left.setCookies.find((each) => each.startsWith('__Host-signin-'));
    expect(deleted).toMatch(/^__Host-signin-[^=]+=;.*Max-Age=0.*Secure/);
  } finally {
    await other.close();
  }
});

test('a session on https, behind a proxy, is set and deleted with the same attributes', async () => {
  const other = await startInProcess({ publicOrigin: 'https://app.example.com' });
  try {
    const cookies = (await comeBack(other)).cookies.get('app.example.com') ?? new Map();
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect(cookie).toMatch(/^__Host-session=/);
    const page = await send(`${other.address}/profile`, { headers: { ...DOCUMENT, cookie } });
    expect(page.status).toBe(200);
    const form = { ...DOCUMENT, cookie, origin: other.origin };
    const leave = await send(`${other.address}/logout`, { method: 'POST', headers: form });
    expect(leave.status).toBe(303);
    const [set = '', gone = ''] = [page, leave].map(
      ({ setCookies }) => setCookies.find((line) => line.startsWith('__Host-session')) ?? '',
    );
    expect(gone).toMatch(/^__Host-session=;.*Max-Age=0/i);
    const attributes = (line: string) =>
      line
        .toLowerCase()
        .split(/; */)
        .slice(1)
        .filter((text) => !/^(max-age|expires)=/.test(text));
    expect(attributes(set).sort()).toEqual(['httponly', 'path=/', 'samesite=lax', 'secure']);
    expect(attributes(gone).sort()).toEqual(attributes(set).sort());
  } finally {
    await other.close();
  }
});

test('adding a session secret does not sign users out, removing the old one does', async () => {
  const next = 'tests-only:next:Qa9Ws6Ed3Rf0Tg7Yh4Uj1Ik8';
  const both = await startInProcess({
    env: { ...site.environment, SESSION_SECRET: JSON.stringify({ 2: next, 1: SECRET }) },
  });
  const newOnly = await startInProcess({
    env: { ...site.environment, SESSION_SECRET: JSON.stringify({ 2: next }) },
  });
  try {
    expect((await createVisitor(both.origin, alice.cookies).open('/profile')).status).toBe(200);
    expect((await createVisitor(newOnly.origin, alice.cookies).open('/profile')).status).toBe(307);
  } finally {
    await Promise.all([both.close(), newOnly.close()]);
  }
});

function edit(cookies: Map<string, string>, change: (value: string) => string): void {
  const name = cookies.has(own('session')) ? own('session') : own('session.0');
  cookies.set(name, change(cookies.get(name) ?? ''));
}

function swap(cookies: Map<string, string>): void {
  const [first, second] = [
    cookies.get(own('session.0')) ?? '',
    cookies.get(own('session.1')) ?? '',
  ];
  cookies.set(own('session.0'), second);
  cookies.set(own('session.1'), first);
}
