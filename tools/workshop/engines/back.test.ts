/** Back after a sign-out, on http and https, with the browser's page cache and without it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createJar } from '../../../tests/support/local-pool';
import type { RunningSite } from '../../../tests/support/site';
import { type Display, startDisplay } from './display';
import { textIn, until } from './engine';
import { startBehind } from './front';
import { findFirefox, findWebKit } from './installed.js';
import { pressSignOut, signIn } from './person';

const CASES = [
  ['http', true],
  ['http', false],
  ['https', true],
  ['https', false],
] as const;

const firefox = findFirefox();
describe.skipIf(firefox.missing)('in Firefox', () => {
  test.each(CASES)('%s, page cache %s: nothing private is left', async (scheme, cached) => {
    if (firefox.path === undefined) return;
    const { startFirefox } = await import('./firefox');
    const preferences = cached ? {} : { 'browser.sessionhistory.max_total_viewers': 0 };
    const [site, engine] = await Promise.all([
      startBehind(scheme),
      startFirefox(firefox.path, preferences),
    ]);
    try {
      const { tab, complaints, cookies } = await engine.newProfile();
      await signIn(tab, site);
      const prefix = scheme === 'https' ? '__Host-session' : 'session-';
      expect([...(await cookies(site.origin)).keys()].join()).toContain(prefix);
      await pressSignOut(tab, site);
      await tab.ask('history.back()');
      const { COGNITO_DOMAIN } = site.environment;
      await until(
        tab,
        `location.origin === '${COGNITO_DOMAIN}' || document.querySelector('h1')?.innerText === 'You are signed out'`,
      );
      expect(await textIn(tab)).not.toMatch(/Archer|Verified claims/);
      expect(await complaints()).toEqual([]);
    } finally {
      await Promise.all([engine.close(), site.close()]);
    }
  });
});

// With a driver, Back hangs even where it arrives for a person. So nothing drives this browser: scripts in
// the pages press the button, go back, and report what a person would see.
const webkit = findWebKit();
describe.skipIf(webkit.missing)('in WebKit, which nothing drives', () => {
  let display: Display;
  beforeAll(async () => {
    if (webkit.path !== undefined) display = await startDisplay();
  });
  afterAll(() => display?.close());

  test.each(CASES)('%s, page cache %s: nothing private is left', async (scheme, cached) => {
    if (webkit.path === undefined) return;
    const reports: string[] = [];
    let cookies: string[] = [];
    const site = await startBehind(scheme, {
      scripts: { '/profile': LEAVE, '/': GO_BACK },
      answer(incoming, outgoing) {
        const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost');
        if (pathname === '/reports') reports.push(searchParams.get('what') ?? '');
        if (pathname === '/reports') outgoing.end();
        const starts = pathname === '/starts';
        if (starts) outgoing.writeHead(303, { location: '/profile', 'set-cookie': cookies }).end();
        return starts || pathname === '/reports';
      },
    });
    cookies = await cookiesOf(site);
    const browser = browse(webkit.path, display.name, `${site.origin}/starts`, cached);
    try {
      await expect.poll(() => reports, { timeout: 20_000 }).toContain('left the front page');
      // On http, the page cache shows the page as it was, and its script empties it.
      const shown = () => [...reports, ...site.pool.requests().map(({ path }) => path)];
      await expect
        .poll(shown, { timeout: 10_000 })
        .toEqual(
          expect.arrayContaining([
            expect.stringMatching(/^(\/oauth2\/authorize|restored: (?!.*Archer).*signed out)/is),
          ]),
        );
      expect(reports.join()).not.toMatch(/Archer|Verified claims/);
    } finally {
      browser.close();
      await site.close();
    }
  });
});

/** After a while: a page that leaves while it loads has no entry in the history. */
const LEAVE = `
  const report = (what) => fetch('/reports?' + new URLSearchParams({ what }));
  const submit = () => document.querySelector('form[action="/logout"]').requestSubmit();
  setTimeout(submit, 1000);
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) setTimeout(() => report('restored: ' + document.body.innerText), 1500);
  });`;
const GO_BACK = `
  addEventListener('pagehide', () => navigator.sendBeacon('/reports?what=left+the+front+page'));
  setTimeout(() => history.back(), 1000);`;

/** The `Set-Cookie` lines of a session of alice. */
async function cookiesOf(site: RunningSite): Promise<string[]> {
  const jar = createJar(site.origin);
  await site.kit.signInAs(jar, 'alice', { directly: true });
  const secure = site.origin.startsWith('https:') ? '; Secure' : '';
  return jar
    .cookie(site.origin)
    .split('; ')
    .map((pair) => `${pair}; Path=/; HttpOnly; SameSite=Lax${secure}`);
}

function browse(path: string, display: string, url: string, cached: boolean) {
  const home = mkdtempSync(join(tmpdir(), 'webkit-'));
  const options = ['--ignore-tls-errors', `--enable-page-cache=${cached}`];
  const browser = spawn(path, [...options, url], {
    env: {
      ...process.env,
      HOME: home,
      XDG_CACHE_HOME: home,
      XDG_DATA_HOME: home,
      DISPLAY: display,
    },
    // A group of its own, so that `close` ends all of it. After Ctrl-C, it ends with its screen.
    detached: true,
    stdio: 'ignore',
  });
  return {
    close() {
      if (browser.pid !== undefined) process.kill(-browser.pid, 'SIGKILL');
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
