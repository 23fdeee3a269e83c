// How to open each view. Some take more steps than opening a URL.
import type { Page, Response } from 'playwright-core';
import { comeBack } from './expired';
import { atWork } from './person';
import { bringCookies, type Other, type Stage } from './stage';
import { createVisitor, DOCUMENT } from './visitor';

/** The default lifetime of a session (SESSION_LIFETIME), in seconds. */
const LIFETIME = 30 * 86_400;

/** Opens a view in a browser tab, and returns the response that contained it. */
export type Way = (page: Page, stage: Stage) => Promise<Response | null>;

/** Opens a path on the site. */
export const at =
  (path: string): Way =>
  (page) =>
    page.goto(path);

/** Opens a path on a special server. */
export const atOther =
  (kind: Other, path: string): Way =>
  async (page, stage) =>
    page.goto(`${await stage.other(kind)}${path}`);

/** Opens a path on the local pool. */
export const atPool =
  (path: string): Way =>
  (page, { site }) =>
    page.goto(`${site.environment.COGNITO_DOMAIN}${path}`);

/**
 * Opens the hosted UI by requesting a private page.
 *
 * @param page another page of the hosted UI, with the same query; by default the sign-in page
 */
export const hostedUi =
  (page?: string): Way =>
  async (tab) => {
    const answer = await tab.goto('/profile');
    if (page === undefined) return answer;
    const { origin, search } = new URL(tab.url());
    return tab.goto(`${origin}${page}${search}`);
  };

/** Opens the callback of a sign-in attempt that this browser has started, with these parameters. */
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

/** Signs in while the pool's clock is off by this many seconds. */
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

/** Signs in for a page that requires a recent sign-in, but the hosted UI reuses its old session. */
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

/** Signs in a user whose session is too large for cookies. */
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

/** Submits a form from another site. */
export const foreignForm: Way = async (page, { site }) => {
  await page.goto(`data:text/html,<form method=post action=${site.origin}/logout>`);
  return submit(page);
};

/** Signs out everywhere, from the sign-out page. */
export const signOutEverywhere: Way = async (page) => {
  await page.goto('/logout');
  return submit(page, '?everywhere=yes');
};

/** Opens a private page, then signs out in another tab. */
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

/** Opens a private page a minute or two before the session ends. */
export const almostOver: Way = async (page, { site }) => {
  const visitor = await comeBack(site, { ago: LIFETIME - 100 });
  await bringCookies(page.context(), visitor, site.origin);
  return page.goto('/profile');
};

/** Submits the first form on the page, and returns the response. */
async function submit(page: Page, query = ''): Promise<Response | null> {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().isNavigationRequest()),
    page.waitForEvent('load'),
    page.evaluate((more) => {
      const form = document.querySelector('form');
      if (!form) throw new Error('The page has no form.');
      form.action += more;
      form.submit();
    }, query),
  ]);
  return answer;
}

/** Text that doesn't compress. */
function hash(index: number): string {
  return Array.from({ length: 8 }, (_, part) =>
    Math.abs(Math.imul(index * 8 + part + 1, 0x9e3779b1) ^ 0x5bd1e995).toString(36),
  ).join('');
}
