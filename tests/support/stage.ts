import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { launchBrowser } from './browser';
import { withoutMiddleware } from './built-site';
import { comeBack } from './expired';
import { freePort, type RunningSite, startServer, startSite } from './site';
import { createVisitor, type Visitor } from './visitor';

/**
 * Whose browser it is. `refreshed` and `expired` are alice with a session from an hour ago: refreshed
 * since then, or with expired tokens.
 */
export type Who = 'nobody' | 'alice' | 'bob' | 'refreshed' | 'expired';

/** Special servers: without configuration, with a wrong configuration, and without middleware. */
export type Other = 'blank' | 'wrong' | 'unguarded';

/** What is needed to open any view: a site with its pool, a browser, and signed-in users. */
export interface Stage {
  readonly site: RunningSite;
  readonly browser: Browser;
  /** The origin of a special server, which is started when it is first needed. */
  other(kind: Other): Promise<string>;
  /** Creates a browser profile with the cookies of a user. */
  seat(who: Who, options?: BrowserContextOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** Starts the built site, its pool and a browser, and signs in all users. */
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
 * Copies a visitor's cookies into a browser profile.
 *
 * @param context the browser's profile
 * @param visitor whose cookies to copy
 * @param origin the site's; cookies of the hosted UI are not copied
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

/** Signs in one user after the other, because `comeBack` sets the pool's clock back for a moment. */
async function gather(site: RunningSite): Promise<Record<Who, Visitor>> {
  const [nobody, alice, bob] = [1, 2, 3].map(() => createVisitor(site.origin));
  if (!nobody || !alice || !bob) throw new Error('There should be three visitors.');
  await alice.signIn('alice');
  await bob.signIn('bob');
  const refreshed = await comeBack(site);
  const answer = await refreshed.open('/profile');
  if (answer.setCookies.length === 0) throw new Error('The session was not refreshed.');
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
