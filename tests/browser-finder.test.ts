import { describe, expect, test } from 'vitest';
import { candidates } from './support/browser-finder';

const linux = { platform: 'linux', arch: 'x64', env: { PATH: '/usr/local/bin:/usr/bin' } } as const;
const mac = {
  platform: 'darwin',
  arch: 'arm64',
  env: { PATH: '/usr/bin', HOME: '/Users/a' },
} as const;
const windows = { platform: 'win32', arch: 'x64', env: { PROGRAMFILES: 'C:\\Programs' } } as const;
const playwright = '/cache/playwright/chrome';
const nothing = () => false;

describe('which browsers the tests try', () => {
  test('only CHROME_PATH if it is set', () => {
    const env = { ...linux.env, CHROME_PATH: '/opt/my-chrome' };
    expect(candidates({ ...linux, env }, playwright, () => true)).toEqual([
      { from: 'system', path: '/opt/my-chrome' },
    ]);
  });

  test('installed browsers, then Playwright’s own, then the one from the npm package', () => {
    const there = [playwright, '/usr/bin/chromium', '/usr/local/bin/google-chrome'];
    expect(candidates(linux, playwright, (path) => there.includes(path))).toEqual([
      { from: 'system', path: '/usr/local/bin/google-chrome' },
      { from: 'system', path: '/usr/bin/chromium' },
      { from: 'playwright', path: playwright },
      { from: '@sparticuz/chromium' },
    ]);
  });

  test.each([
    [mac, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    [mac, '/Users/a/Applications/Chromium.app/Contents/MacOS/Chromium'],
    [windows, 'C:\\Programs\\Microsoft\\Edge\\Application\\msedge.exe'],
  ])('the usual folders on $platform: %s', (system, place) => {
    expect(candidates(system, playwright, (path) => path === place)[0]).toEqual({
      from: 'system',
      path: place,
    });
  });

  test.each([
    [linux, '@sparticuz/chromium'],
    [{ ...linux, arch: 'arm64' }, 'download'],
    [mac, 'download'],
    [windows, 'download'],
  ])('a fallback on $platform $arch if none is installed', (system, from) => {
    expect(candidates(system, playwright, nothing)).toEqual([{ from }]);
  });
});
