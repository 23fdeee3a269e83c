import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { launchBrowser } from './browser';
import { comeBack } from './expired';
import { freePort, type RunningSite, startServer, startSite } from './site';
import { createVisitor, type Visitor } from './visitor';
import { withoutMiddleware } from './without-middleware';

/** Whose browser it is: signed in as bob, in an hour's old session that is refreshed, or over. */
export type Who = 'nobody' | 'alice' | 'bob' | 'refreshed' | 'expired';

/** Servers that are no usual site: without settings, with wrong ones, and without its middleware. */
export type Other = 'blank' | 'wrong' | 'unguarded';

/** All that is needed to look at any view: a site with its pool, a browser, and people. */
export interface Stage {
  readonly site: RunningSite;
  readonly browser: Browser;
  /** The origin of a server that is started when somebody first asks for it. */
  other(kind: Other): Promise<string>;
  /** A browser profile of its own with the cookies of that person. */
  seat(who: Who, options?: BrowserContextOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** Starts the built site, its pool and a browser, and signs everybody in. */
export async function setStage(): Promise<Stage> {
  const [site, browser] = await Promise.all([startSite(), launchBrowser()]);
  const people = await gather(site);
  const others = new Map<Other, ReturnType<typeof startOther>>();
  return {
    site,
    browser,
    async other(kind) {
      const starting = others.get(kind) ?? startOther(kind, site);
      others.set(kind, starting);
      return (await starting).origin;
    },
    async seat(who, options) {
      const context = await browser.newContext({ baseURL: site.origin, ...options });
      context.setDefaultTimeout(10_000);
      await bringCookies(context, people[who], site.origin);
      return context;
    },
    async close() {
      const started = await Promise.all(others.values());
      await Promise.all([browser, site, ...started].map((each) => each.close()));
    },
  };
}

/**
 * Puts what somebody has in their jar into a browser.
 *
 * @param context the browser's profile
 * @param visitor whose cookies
 * @param origin the site's; the hosted UI's cookies stay where they are
 */
export async function bringCookies(
  context: BrowserContext,
  visitor: Visitor,
  origin: string,
): Promise<void> {
  const jar = visitor.cookies.get(new URL(origin).hostname) ?? new Map<string, string>();
  await context.addCookies(
    [...jar].map(([name, value]) => ({ name, value, url: origin, httpOnly: true })),
  );
}

/** One after the other: for those of an hour ago the pool's clock is put back for a moment. */
async function gather(site: RunningSite): Promise<Record<Who, Visitor>> {
  const [nobody, alice, bob] = [1, 2, 3].map(() => createVisitor(site.origin));
  if (!nobody || !alice || !bob) throw new Error('There are three of them.');
  await alice.signIn('alice');
  await bob.signIn('bob');
  const refreshed = await comeBack(site);
  const answer = await refreshed.open('/profile');
  if (answer.setCookies.length === 0) throw new Error('Nothing was refreshed.');
  return { nobody, alice, bob, refreshed, expired: await comeBack(site) };
}

async function startOther(
  kind: Other,
  site: RunningSite,
): Promise<{ origin: string; close(): Promise<void> }> {
  const port = await freePort();
  const copy = kind === 'unguarded' ? withoutMiddleware() : undefined;
  const environment = {
    blank: {},
    wrong: { ...site.environment, COGNITO_REGION: 'nowhere' },
    unguarded: site.environment,
  };
  const server = await startServer(port, environment[kind], copy?.folder);
  return {
    origin: `http://localhost:${port}`,
    close: async () => {
      await server.close();
      copy?.remove();
    },
  };
}
