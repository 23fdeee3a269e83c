import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { namedCookies } from '../support/http';
import { type InProcessSite, startInProcess } from '../support/in-process';
import { createVisitor, type Visitor } from '../support/visitor';

let site: InProcessSite;
beforeAll(async () => {
  site = await startInProcess();
});
afterAll(() => site?.close());

let visitor: Visitor;
beforeEach(() => {
  visitor = createVisitor(site.origin);
});

const theme = async (path = '/logout') =>
  /<html[^>]*data-theme="([^"]*)"/.exec((await visitor.open(path)).body)?.[1];

describe('the choice of light or dark', () => {
  test('is applied from the first byte of the next page, and of error pages', async () => {
    expect(await theme()).toBeUndefined();
    const answer = await visitor.post('/theme', { theme: 'dark' }, { referer: `${site.origin}/` });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`${site.origin}/`);
    expect(await theme()).toBe('dark');
    await visitor.post('/theme', { theme: 'light' });
    expect(await theme()).toBe('light');
  });

  test('is deleted when the system theme is chosen', async () => {
    await visitor.post('/theme', { theme: 'dark' });
    await visitor.post('/theme', { theme: 'system' });
    expect(await theme()).toBeUndefined();
    expect(visitor.cookieNames('theme')).toEqual([]);
  });

  test('is one of two values, whatever the form or the cookie contains', async () => {
    const answer = await visitor.post('/theme', { theme: '"><script>alert(1)</script>' });
    expect(answer.setCookies.join()).not.toContain('script');
    visitor.cookies.set(
      'localhost',
      namedCookies(site.origin, { theme: '"><script>alert(1)</script>' }),
    );
    const { body } = await visitor.open('/logout');
    expect(body).not.toContain('alert(1)');
    expect(await theme()).toBeUndefined();
  });

  test('survives a body that is not a form', async () => {
    const answer = await visitor.post('/theme', {}, { 'content-type': 'application/json' });
    expect(answer.status).toBe(303);
  });

  test('cannot be made by another site, nor by a link', async () => {
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const answer = await visitor.post('/theme', { theme: 'dark' }, foreign);
    expect(answer.status).toBe(403);
    expect(answer.setCookies).toEqual([]);
    expect((await visitor.open('/theme?theme=dark')).status).toBe(405);
  });

  test('returns to the page it was made on, and nowhere but on this site', async () => {
    const from = async (referer: string) =>
      (await visitor.post('/theme', { theme: 'dark' }, { referer })).headers.get('location');
    expect(await from(`${site.origin}/flow?a=1`)).toBe(`${site.origin}/flow?a=1`);
    for (const referer of ['https://evil.example/profile', `${site.origin}//evil.example`, 'x']) {
      expect(await from(referer)).toBe(`${site.origin}/`);
    }
  });

  test('keeps a session as it is', async () => {
    await visitor.signIn('alice');
    const before = visitor.cookieNames('session');
    await visitor.post('/theme', { theme: 'dark' });
    expect(visitor.cookieNames('session')).toEqual(before);
    expect((await visitor.open('/profile')).status).toBe(200);
  });
});
