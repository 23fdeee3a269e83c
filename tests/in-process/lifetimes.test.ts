import { afterEach, describe, expect, test } from 'vitest';
import { comeBack } from '../support/expired';
import { cookieName, send } from '../support/http';
import { type InProcessSite, startInProcess } from '../support/in-process';
import { createVisitor, DOCUMENT, FETCH, type Visitor } from '../support/visitor';

let site: InProcessSite;
afterEach(() => site.close());

const DAY = 86_400;
const isIn = async (visitor: Visitor) => (await visitor.open('/api/me', FETCH)).status === 200;

describe('a session', () => {
  test('lasts thirty days from the sign-in, and not a minute longer', async () => {
    site = await startInProcess();
    site.pool.setLifetimes({ refresh: 365 * DAY });
    expect(await isIn(await comeBack(site, { ago: 30 * DAY - 60 }))).toBe(true);
    expect(await isIn(await comeBack(site, { ago: 30 * DAY + 1 }))).toBe(false);
  });

  test('lasts no longer than SESSION_LIFETIME, and neither does its cookie', async () => {
    site = await startInProcess({ env: { SESSION_LIFETIME: '12h' } });
    expect(await isIn(await comeBack(site, { ago: DAY / 2 - 60 }))).toBe(true);
    expect(await isIn(await comeBack(site, { ago: DAY / 2 + 1 }))).toBe(false);
    const visitor = createVisitor(site.origin);
    const callback = await visitor.open(await visitor.reachCallback('alice'));
    const maxAges = callback.setCookies
      .filter((line) => line.startsWith('session'))
      .map((line) => Number(/max-age=(\d+)/i.exec(line)?.[1]));
    expect(Math.max(...maxAges)).toBeLessThanOrEqual(DAY / 2);
  });

  test('unused for SESSION_IDLE ends; one in use continues', async () => {
    site = await startInProcess({ env: { SESSION_IDLE: '2h' } });
    site.pool.setLifetimes({ access: DAY, id: DAY });
    expect(await isIn(await comeBack(site, { ago: 7100 }))).toBe(true);
    const idle = await comeBack(site, { ago: 7201 });
    expect(await isIn(idle)).toBe(false);

    const seenName = cookieName(site.origin, 'seen');
    // Activity is recorded now and then in its own cookie, not on every page view.
    const visitor = await comeBack(site, { ago: 7000 });
    const page = await visitor.open('/profile');
    expect(page.setCookies.map((line) => line.split('=')[0])).toEqual([seenName]);
    expect(page.setCookies[0]).toMatch(/HttpOnly/i);
    expect((await visitor.open('/profile')).setCookies).toEqual([]);

    // The cookie of another session, or a made-up one, doesn't extend the session.
    for (const seen of [visitor.cookies.get('localhost')?.get(seenName) ?? '', 'garbage']) {
      const thief = idle.clone();
      thief.cookies.get('localhost')?.set(seenName, seen);
      expect(await isIn(thief)).toBe(false);
    }
  });
});

describe('a page that requires a recent sign-in', () => {
  test('accepts a recent sign-in, and a refresh does not make an old one recent', async () => {
    site = await startInProcess();
    const fresh = await comeBack(site, { ago: 200 });
    expect((await fresh.open('/sensitive')).status).toBe(200);
    const old = await comeBack(site, { ago: 400 });
    await old.post('/refresh', {}, { referer: `${site.origin}/profile` });
    expect((await old.open('/profile')).status).toBe(200);
    expect((await old.open('/sensitive')).status).toBe(307);
  });

  test('asks users who signed in too long ago to sign in again, and then is shown', async () => {
    site = await startInProcess();
    const visitor = await comeBack(site, { ago: 400 });
    const answer = await visitor.open('/sensitive?x=1');
    const { searchParams } = new URL(answer.headers.get('location') ?? '');
    expect([searchParams.get('max_age'), searchParams.get('prompt')]).toEqual(['300', 'login']);
    const page = await visitor.signIn('alice', '/sensitive?x=1');
    expect([page.status, page.url]).toEqual([200, `${site.origin}/sensitive?x=1`]);
  });

  test('answers requests other than documents as the table says', async () => {
    site = await startInProcess();
    const visitor = await comeBack(site, { ago: 400 });
    const api = await visitor.open('/sensitive', FETCH);
    expect(api.status).toBe(401);
    expect(api.headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_user_authentication", max_age="300"',
    );
    const router = await visitor.open('/sensitive', { ...FETCH, 'next-url': '/' });
    expect([router.status, router.body]).toEqual([200, '']);
    const cookies = [...(visitor.cookies.get('localhost') ?? [])];
    const cookie = cookies.map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...DOCUMENT, cookie };
    const head = await send(`${site.origin}/sensitive`, { method: 'HEAD', headers });
    expect(head.headers.get('location')).toContain('/login?returnTo=%2Fsensitive&max_age=300');
    expect(head.setCookies).toEqual([]);
  });

  test('is not a loop if the hosted UI does not ask again', async () => {
    // The classic hosted UI ignores `prompt`: for an hour, it doesn't ask for the password again.
    site = await startInProcess({ pool: { hostedUi: 'classic' } });
    const visitor = createVisitor(site.origin);
    site.pool.advance(-200);
    await visitor.signIn('alice');
    site.pool.advance(200);
    await visitor.post('/refresh', {}, { referer: `${site.origin}/profile` });
    // A sign-in three minutes ago is too old for a page that requires one within a minute.
    const answer = await visitor.follow('/login?returnTo=/profile&max_age=60');
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('Recent sign-in required');
    expect(answer.body).toContain('action="/logout"');
    expect(await isIn(visitor)).toBe(true);
  });
});
