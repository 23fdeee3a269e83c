// The ways to a view that are more than an address to open.
import type { Page, Response } from 'playwright-core';
import { comeBack } from './expired';
import { atWork } from './person';
import { bringCookies, type Other, type Stage } from './stage';
import { createVisitor, DOCUMENT } from './visitor';

/** Of a session from its sign-in on, in seconds, unless SESSION_LIFETIME says otherwise. */
const LIFETIME = 30 * 86_400;

/** Brings a page of a browser to a view, and returns the answer that the view came in. */
export type Way = (page: Page, stage: Stage) => Promise<Response | null>;

/** An address of the site. */
export const at =
  (path: string): Way =>
  (page) =>
    page.goto(path);

/** An address of another server. */
export const atOther =
  (kind: Other, path: string): Way =>
  async (page, stage) =>
    page.goto(`${await stage.other(kind)}${path}`);

/** An address of the local pool. */
export const atPool =
  (path: string): Way =>
  (page, { site }) =>
    page.goto(`${site.environment.COGNITO_DOMAIN}${path}`);

/**
 * The hosted UI as somebody meets it who asks for a private page.
 *
 * @param page another of its pages, with the same query; by default the one with the password
 */
export const hostedUi =
  (page?: string): Way =>
  async (tab) => {
    const answer = await tab.goto('/profile');
    if (page === undefined) return answer;
    const { origin, search } = new URL(tab.url());
    return tab.goto(`${origin}${page}${search}`);
  };

/** The callback of an attempt that this browser has really started, with what the hosted UI says. */
export const callback =
  (query: Record<string, string>): Way =>
  async (page) => {
    const answer = await page.context().request.get('/login?returnTo=/profile', {
      headers: DOCUMENT,
      maxRedirects: 0,
    });
    const state = new URL(answer.headers().location ?? '').searchParams.get('state') ?? '';
    return page.goto(`/login?${new URLSearchParams({ ...query, state })}`);
  };

/** A whole sign-in, with the pool's clock wrong by so many seconds from its start to its end. */
export const signInWithClock =
  (seconds: number): Way =>
  async (page, { site }) => {
    const visitor = createVisitor(site.origin);
    site.pool.advance(seconds);
    try {
      const address = await visitor.reachCallback('alice');
      await bringCookies(page.context(), visitor, site.origin);
      return await page.goto(address);
    } finally {
      site.pool.advance(-seconds);
    }
  };

/** A sign-in for a page that wants a fresh one, where the hosted UI was not asked to ask again. */
export const signInTooOld: Way = async (page, { site }) => {
  const visitor = createVisitor(site.origin);
  site.pool.advance(-1000);
  await visitor.signIn('alice').finally(() => site.pool.advance(1000));
  const answer = await visitor.open('/login?returnTo=/sensitive&max_age=300');
  const authorize = new URL(answer.headers.get('location') ?? '');
  for (const name of ['prompt', 'max_age']) authorize.searchParams.delete(name);
  const address = await visitor.reachCallback('alice', authorize.href);
  await bringCookies(page.context(), visitor, site.origin);
  return page.goto(address);
};

/** A sign-in of somebody whose account has grown too large for cookies. */
export const signInTooLarge: Way = async (page, { site }) => {
  const groups = Array.from({ length: 100 }, (_, index) => `group-${index}-${hash(index)}`);
  const visitor = createVisitor(site.origin);
  for (const group of groups) site.pool.addToGroup('bob', group);
  try {
    const address = await visitor.reachCallback('bob');
    await bringCookies(page.context(), visitor, site.origin);
    return await page.goto(address);
  } finally {
    for (const group of groups) site.pool.removeFromGroup('bob', group);
  }
};

/** A form that another site sends. */
export const foreignForm: Way = async (page, { site }) => {
  await page.goto(`data:text/html,<form method=post action=${site.origin}/logout>`);
  return submit(page);
};

/** Sign out everywhere, from the page that asks whether to sign out. */
export const signOutEverywhere: Way = async (page) => {
  await page.goto('/logout');
  return submit(page, '?everywhere=yes');
};

/** A private page, when another tab of the same browser has signed out. */
export const signedOutElsewhere: Way = async (page, { site }) => {
  const visitor = createVisitor(site.origin);
  await visitor.signIn('bob');
  await bringCookies(page.context(), visitor, site.origin);
  const answer = await page.goto('/profile');
  await atWork(page);
  const before = await page.title();
  const other = await page.context().newPage();
  await other.goto('/logout');
  await submit(other);
  await page.waitForFunction((title) => document.title !== title, before);
  await other.close();
  return answer;
};

/** A private page, a minute or two before the session is over. */
export const almostOver: Way = async (page, { site }) => {
  const visitor = await comeBack(site, { ago: LIFETIME - 100 });
  await bringCookies(page.context(), visitor, site.origin);
  return page.goto('/profile');
};

/** Sends the page's one form, and returns the answer. */
async function submit(page: Page, query = ''): Promise<Response | null> {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().isNavigationRequest()),
    page.waitForEvent('load'),
    page.evaluate((more) => {
      const form = document.querySelector('form');
      if (!form) throw new Error('There is no form here.');
      form.action += more;
      form.submit();
    }, query),
  ]);
  return answer;
}

/** Text that no compression makes smaller. */
function hash(index: number): string {
  return Array.from({ length: 8 }, (_, part) =>
    Math.abs(Math.imul(index * 8 + part + 1, 0x9e3779b1) ^ 0x5bd1e995).toString(36),
  ).join('');
}
