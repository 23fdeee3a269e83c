/**
 * A clean console in WebKit, whose driver reports none: a script in each page listens to what the console would show.
 * In Firefox, every test listens.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningSite } from '../../../tests/support/site';
import { type Engine, type Profile, textIn } from './engine';
import { startBehind } from './front';
import { findWebKit } from './installed.js';
import { pressSignOut, signIn } from './person';

/** Keeps uncaught errors, what a script of the page logs as an error, and what the policy blocks. */
const LISTEN = `
  window.heard = [];
  const { error, warn } = console;
  console.error = (...values) => { heard.push(values.join(' ')); error(...values); };
  console.warn = (...values) => { heard.push(values.join(' ')); warn(...values); };
  addEventListener('error', ({ message }) => heard.push(message));
  addEventListener('unhandledrejection', ({ reason }) => heard.push(String(reason)));
  addEventListener('securitypolicyviolation', ({ blockedURI }) => heard.push('blocked: ' + blockedURI));`;

const PATHS = ['/', '/profile', '/account', '/account/email', '/notes', '/admin', '/logout', '/x'];

const webkit = findWebKit();
describe.skipIf(webkit.missing)('in WebKit', () => {
  let site: RunningSite;
  let engine: Engine;
  let profile: Profile;
  beforeAll(async () => {
    if (webkit.path === undefined) return;
    const { startWebKit } = await import('./webkit');
    [site, engine] = await Promise.all([
      startBehind('http', { first: LISTEN }),
      startWebKit(webkit.path),
    ]);
    profile = await engine.newProfile();
  });
  afterAll(async () => {
    await profile?.close();
    await Promise.all([engine?.close(), site?.close()]);
  });

  const heard = () => profile.tab.ask(`heard.join('; ')`);

  test('no page has anything to say to the console, signed in or signed out', async () => {
    const { tab } = profile;
    await signIn(tab, site);
    for (const path of PATHS) {
      await tab.open(`${site.origin}${path}`);
      expect([path, await heard()]).toEqual([path, '']);
    }
    await tab.open(`${site.origin}/profile`);
    await pressSignOut(tab, site);
    expect(await heard()).toBe('');
    expect(await textIn(tab)).toContain('You are signed out.');
    // The listener works.
    await tab.ask(
      `document.body.append(Object.assign(new Image(), { src: 'https://evil.example/x' }))`,
    );
    await expect.poll(heard).toBe('blocked: https://evil.example/x');
  });
});
