import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { comeBack } from '../support/expired';
import { type InProcessSite, startInProcess } from '../support/in-process';
import { createVisitor, DOCUMENT, FETCH } from '../support/visitor';

let site: InProcessSite;
beforeAll(async () => {
  site = await startInProcess();
});
afterAll(() => site.close());

let before = 0;
beforeEach(() => {
  before = site.output().length;
});

/** The events since the test started, without values that differ from run to run. */
const events = () =>
  site
    .output()
    .slice(before)
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => {
      const { time, reference, ...event } = JSON.parse(line);
      expect(new Date(time).toISOString()).toBe(time);
      return event;
    });

test('a sign-in and a sign-out leave three events, and no name in any', async () => {
  const visitor = createVisitor(site.origin);
  await visitor.signIn('alice');
  const { sub, email } = JSON.parse((await visitor.open('/api/me', FETCH)).body);
  await visitor.post('/logout');
  await expect.poll(events).toEqual([
    { type: 'signIn.started', level: 'info' },
    { type: 'signIn.finished', level: 'info' },
    { type: 'signOut', level: 'info', everywhere: false },
  ]);
  expect(email).toContain('@');
  for (const personal of ['alice', sub, email]) expect(site.output()).not.toContain(personal);
});

test('many requests at once with expired tokens leave one event of one refresh', async () => {
  const visitor = await comeBack(site);
  before = site.output().length;
  await Promise.all(Array.from({ length: 8 }, () => visitor.open('/profile')));
  await expect.poll(events).toEqual([{ type: 'refresh.finished', level: 'info' }]);
});

test('a refused request leaves an event that says why', async () => {
  const bob = createVisitor(site.origin);
  await bob.signIn('bob');
  before = site.output().length;
  await bob.open('/api/me', { ...FETCH, authorization: 'Bearer eyJ.a.b' });
  await createVisitor(site.origin).open('/api/me', FETCH);
  await bob.post('/refresh', {}, { origin: 'https://evil.example' });
  await expect.poll(events).toEqual([
    { type: 'denied', level: 'info', status: 401, why: 'invalid bearer token' },
    { type: 'denied', level: 'info', status: 401, why: 'not signed in' },
    {
      type: 'denied',
      level: 'warn',
      status: 403,
      why: 'not a same-origin request',
    },
  ]);
});

test('the reason for a refused sign-in is logged for the browser that started it, and never shown', async () => {
  const visitor = createVisitor(site.origin);
  const start = await visitor.open('/profile');
  const state = new URL(start.headers.get('location') ?? '').searchParams.get('state') ?? '';
  const reason = 'PreSignUp failed with error Members only.\r\n{"type":"forged"}';
  const callback = (own: string) =>
    `/login?${new URLSearchParams({ error: 'invalid_request', error_description: reason, state: own })}`;
  const before = site.output().length;
  const foreign = await visitor.open(callback('a-state-of-another-browser-and-no-other'));
  expect(site.output().slice(before)).not.toContain('Members only');
  const own = await visitor.open(callback(state));
  const lines = site.output().slice(before).split('\n');
  const line = lines.find((each) => each.includes('Members only')) ?? '{}';
  expect(JSON.parse(line)).toMatchObject({
    type: 'signIn.failed',
    code: 'sign_in_refused',
    reason: 'PreSignUp failed with error Members only. {"type":"forged"}',
  });
  for (const page of [foreign, own]) {
    expect(page.status).toBe(400);
    expect(page.body).not.toContain('Members only');
  }
});

test('a callback whose sign-in started at another host names that host', async () => {
  const before = site.output().length;
  // `moved`: a proxy in front of the site replaces the host, or the visitor would have been sent to the site's own.
  const callbackFrom = async (host: Record<string, string>) => {
    const start = await createVisitor(site.origin).open('/login?moved', { ...DOCUMENT, ...host });
    const { searchParams } = new URL(start.headers.get('location') ?? '');
    return `/login?code=c&state=${searchParams.get('state')}`;
  };
  // The cookie stays at the other host, so the callback comes without it.
  for (const host of [{ host: 'www.example.com' }, {}]) {
    const page = await createVisitor(site.origin).open(await callbackFrom(host));
    expect([page.status, page.headers.get('location')]).toEqual([400, null]);
  }
  const lines = site.output().slice(before).split('\n');
  const failed = lines.filter((line) => line.includes('"signIn.failed"'));
  expect(failed.map((line) => JSON.parse(line).host)).toEqual(['www.example.com', undefined]);
});
