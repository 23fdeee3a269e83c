/** Half a minute in Firefox, as a part of `npm run test:all`. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { controlProblems, problemsOfShape } from '../../../tests/support/page-problems';
import { type RunningSite, startSite } from '../../../tests/support/site';
import { type Engine, textIn, until, visible } from './engine';
import { findFirefox } from './installed.js';
import { pressSignOut, signIn } from './person';

const firefox = findFirefox();
let site: RunningSite;
let engine: Engine;
beforeAll(async () => {
  if (firefox.path === undefined) return;
  const { startFirefox } = await import('./firefox');
  [site, engine] = await Promise.all([startSite(), startFirefox(firefox.path)]);
});
afterAll(() => Promise.all([engine?.close(), site?.close()]));

test.skipIf(firefox.missing)('in Firefox, a user signs in, signs out, and goes back', async () => {
  const { tab, complaints } = await engine.newProfile();
  await tab.resize(320);
  await signIn(tab, site, '/profile?from=a%20link');
  expect(await textIn(tab, 'h1')).toBe('Alice Archer');
  for (const measure of [problemsOfShape, controlProblems]) {
    expect(await tab.ask(`(${measure})().join()`)).toBe('');
  }
  await pressSignOut(tab, site);
  await tab.ask('history.back()');
  await until(tab, `location.origin === '${site.environment.COGNITO_DOMAIN}'`);
  await until(tab, visible('input[name="password"]'));
  expect(await textIn(tab)).not.toContain('Verified claims');
  expect(await complaints()).toEqual([]);
});
