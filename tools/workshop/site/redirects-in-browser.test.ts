import * as fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { safeReturnTo } from '@/lib/cognito/session/return-to';
import { launchBrowser } from '../../../tests/support/browser';
import { HOSTILE_PATHS } from '../../../tests/support/hostile-paths';
import { type Person, seatPerson } from '../../../tests/support/person';
import { type RunningSite, startSite } from '../../../tests/support/site';
import { hostilePaths } from '../fuzz/hostile-grammar';

let site: RunningSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));

/** Always the same values, without lone surrogates, which can't be sent to the browser. */
const GENERATED = fc
  .sample(hostilePaths, { numRuns: 2000, seed: 20_261_125 })
  .map((value) => value.replace(/[\ud800-\udfff]/gu, '?'));
const VALUES = [...HOSTILE_PATHS, ...GENERATED];

describe('the parser of a real browser', () => {
  /** The URLs that lead from a page of the site to another origin. */
  async function leavers(addresses: readonly string[]): Promise<string[]> {
    const { page, context } = await seatPerson(browser, site);
    await page.goto('/login?error=access_denied');
    const found = await page.evaluate((all) => {
      const { origin } = window.location;
      const link = document.createElement('a');
      const leads = (address: string) => {
        link.href = address;
        return URL.canParse(address, origin) && new URL(address, origin).origin === link.origin
          ? link.origin
          : 'two readings';
      };
      return all.filter((address) => leads(address) !== origin);
    }, addresses);
    await context.close();
    return found;
  }

  test('leaves our origin with many of the input values', async () => {
    const found = await leavers(VALUES);
    expect(found).toEqual(expect.arrayContaining(['//evil.example', '/\\evil.example']));
    expect(found.length).toBeGreaterThan(500);
  });

  test('stays on our origin with the output, alone and after the origin', async () => {
    const paths = VALUES.map((value) => safeReturnTo(value, site.origin));
    const locations = paths.map((path) => `${site.origin}${path}`);
    expect(new Set(paths).size).toBeGreaterThan(100);
    expect(await leavers([...paths, ...locations])).toEqual([]);
  });
});

describe('a user who follows a hostile link and signs in', () => {
  let person: Person;
  const asked = new Set<string>();
  beforeAll(async () => {
    person = await seatPerson(browser, site);
    person.context.on('request', (request) => asked.add(new URL(request.url()).origin));
  });
  afterAll(() => person.context.close());

  const link = (returnTo: string) => `/login?${new URLSearchParams({ returnTo })}`;
  const signIns = () => site.pool.requests().filter(({ path }) => path === '/oauth2/token').length;

  test('with a password ends on the front page', async () => {
    await person.signInByPages('alice', link('//evil.example/profile'));
    expect(person.page.url()).toBe(`${site.origin}/`);
    expect(signIns()).toBe(1);
  });

  // The hosted UI still has a session, and redirects straight back.
  test.each([
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['/.//evil.example', '/'],
    ['https://evil.example/profile', '/'],
    ['//localhost@evil.example/', '/'],
    ['javascript:alert(document.domain)', '/'],
    ['data:text/html,<script>alert(1)</script>', '/'],
    ['//evil。example', '/'],
    ['/profile\r\nLocation: https://evil.example', '/'],
    ['/login?returnTo=//evil.example', '/'],
    ['/profile?next=//evil.example', '/profile?next=//evil.example'],
    ['/x/../profile#//evil.example', '/profile'],
  ])('ends on our origin with %j, at %s', async (value, end) => {
    const before = signIns();
    await person.page.goto(link(value));
    expect(person.page.url()).toBe(`${site.origin}${end}`);
    expect(signIns()).toBe(before + 1);
  });

  test('makes no request to any other origin, not even on the way', () => {
    expect([...asked].sort()).toEqual([site.environment.COGNITO_DOMAIN, site.origin].sort());
  });
});
