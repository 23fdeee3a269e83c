/** A double click, or a browser that restores its tabs, may reach two instances with one callback. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type InProcessSite, startInProcess } from '../support/in-process';
import { createVisitor } from '../support/visitor';

let site: InProcessSite;
beforeAll(async () => {
  site = await startInProcess({ instances: 2 });
});
afterAll(() => site.close());

/** Sends one callback to both instances, and returns the responses: the first signs in. */
async function callBackTwice(visitor = createVisitor(site.origin)) {
  const callback = await visitor.reachCallback('alice', '/profile?tab=2');
  const { pathname, search } = new URL(callback);
  const before = visitor.clone();
  const [one, two] = site.instances.map((origin) => `${origin}${pathname}${search}`);
  const answers = [await visitor.open(one ?? ''), await before.open(two ?? '')];
  const [first, second] = answers;
  const again = /^2; url=(.+)$/.exec(second?.headers.get('refresh') ?? '')?.[1] ?? '';
  return { visitor, before, first, second, again };
}

describe('the same callback, sent to two instances at once,', () => {
  test('signs in with one, and the other leads to the page', async () => {
    const { visitor, first, second, again } = await callBackTwice();
    expect([first?.status, second?.status]).toEqual([303, 400]);
    // By now, the browser has the session.
    const page = await visitor.open(again);
    expect(page.status).toBe(303);
    expect(page.headers.get('location')).toBe(`${site.origin}/profile?tab=2`);
    expect(page.setCookies).toEqual([]);
  });

  test('starts again if the browser never got the session, and only once', async () => {
    const { before, again } = await callBackTwice();
    const start = await before.open(again);
    expect([start.status, start.headers.get('location')]).toEqual([
      307,
      expect.stringContaining('/oauth2/authorize'),
    ]);
    const callback = await before.reachCallback('alice', again);
    site.pool.fault('/oauth2/token', { status: 400, body: '{"error":"invalid_grant"}' });
    const last = await before.open(callback);
    site.pool.fault('/oauth2/token', null);
    expect(last.status).toBe(400);
    expect(last.headers.has('refresh')).toBe(false);
  });
});
