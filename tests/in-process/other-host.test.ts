/**
 * A deployment has other host names than its own, such as `my-app-abc123.vercel.app`. A cookie that is
 * set there isn't sent with the callback.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type InProcessSite, startInProcess } from '../support/in-process';
import { createVisitor, DOCUMENT, FETCH } from '../support/visitor';

const OTHER = { host: 'my-app-abc123.vercel.app' };

let site: InProcessSite;
beforeAll(async () => {
  site = await startInProcess();
});
afterAll(() => site.close());

async function open(path: string, headers: Record<string, string>, at = site) {
  const answer = await createVisitor(at.address).open(path, headers);
  return { ...answer, location: answer.headers.get('location') ?? '' };
}

describe('at another host of the deployment, a sign-in', () => {
  test('starts at the site’s own host, and returns to the same page', async () => {
    const answer = await open('/profile?tab=2', { ...DOCUMENT, ...OTHER });
    expect(answer.status).toBe(307);
    expect(answer.location).toBe(`${site.origin}/login?returnTo=%2Fprofile%3Ftab%3D2`);
    expect(answer.setCookies).toEqual([]);
    const visitor = createVisitor(site.origin);
    const { url, status } = await visitor.signIn('alice', answer.location);
    expect([status, url]).toEqual([200, `${site.origin}/profile?tab=2`]);
  });

  test('keeps what the link to /login says', async () => {
    const answer = await open('/login?returnTo=%2Fprofile&lang=de', { ...DOCUMENT, ...OTHER });
    expect(answer.status).toBe(307);
    expect(answer.location).toBe(`${site.origin}/login?moved&returnTo=%2Fprofile&lang=de`);
    expect(answer.setCookies).toEqual([]);
    expect((await open(answer.location, DOCUMENT)).location).toContain('lang=de');
  });

  test('never loops, even if a proxy replaces the host of every request', async () => {
    let path = '/profile';
    const targets: string[] = [];
    for (let hop = 0; hop < 5 && !targets.at(-1)?.includes('/oauth2/'); hop++) {
      const { location } = await open(path, { ...DOCUMENT, ...OTHER });
      targets.push(location);
      path = location;
    }
    expect(targets.map((target) => new URL(target).pathname)).toEqual([
      '/login',
      '/login',
      '/oauth2/authorize',
    ]);
  });

  test('is only for documents: everything else has the same response at any host', async () => {
    for (const headers of [FETCH, { ...FETCH, 'next-url': '/' }]) {
      for (const path of ['/profile', '/login', '/api/me']) {
        const [here, there] = [
          await open(path, headers),
          await open(path, { ...headers, ...OTHER }),
        ];
        expect([there.status, there.location]).toEqual([here.status, here.location]);
      }
    }
  });

  test('public pages and users who are signed in are served at any host', async () => {
    expect((await open('/', { ...DOCUMENT, ...OTHER })).status).toBe(200);
    const alice = createVisitor(site.origin);
    await alice.signIn('alice');
    expect((await alice.open('/profile', { ...DOCUMENT, ...OTHER })).status).toBe(200);
  });
});

test('a sign-in starts at a host that is the site’s own, or of this machine', async () => {
  const { host } = new URL(site.origin);
  for (const own of [host, host.toUpperCase(), '127.0.0.1:3000', undefined]) {
    const headers = own === undefined ? DOCUMENT : { ...DOCUMENT, host: own };
    expect((await open('/profile', headers)).location).toContain('/oauth2/authorize');
  }
});

test('a preview with the relay starts sign-ins at each of its hosts', async () => {
  const preview = await startInProcess({
    env: {
      PREVIEW_RELAY_SECRET: 'tests-only:9a8e7d4c3b2a5f8e1d7c6f1d0c2b',
      PREVIEW_ORIGIN: 'http://localhost:3999',
    },
  });
  const { location } = await open('/login', { ...DOCUMENT, ...OTHER }, preview);
  expect(location).toContain('/oauth2/authorize');
  await preview.close();
});
