import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isInstalled } from '../ensure-installed.js';

/** npm's entries for a package, a workspace and a package for other systems. */
const LOCKED = {
  '': { workspaces: ['lib/pool'] },
  'lib/pool': { devDependencies: { hono: '1.0.0' } },
  'node_modules/hono': { version: '1.0.0', integrity: 'sha512-one', dev: true },
  'node_modules/pool': { resolved: 'lib/pool', link: true },
  'node_modules/for-another-system': { version: '1.0.0', optional: true, os: ['none'] },
};

/** npm's own record contains only what it has installed. */
const { '': _, 'node_modules/for-another-system': __, ...INSTALLED } = LOCKED;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'installed-'));
  mkdirSync(join(root, 'node_modules/hono'), { recursive: true });
  mkdirSync(join(root, 'lib/pool'), { recursive: true });
  symlinkSync('../lib/pool', join(root, 'node_modules/pool'));
  write(LOCKED, INSTALLED);
});

afterEach(() => rmSync(root, { recursive: true }));

function write(locked: object, installed: object): void {
  const text = (packages: object) => JSON.stringify({ packages });
  writeFileSync(join(root, 'package-lock.json'), text(locked));
  writeFileSync(join(root, 'node_modules/.package-lock.json'), text(installed));
}

test('all packages and workspaces are installed', () => {
  expect(isInstalled(root)).toBe(true);
});

test.each([
  ['a package in another version', { 'node_modules/hono': { version: '0.9.0' } }],
  ['a package with other content', { 'node_modules/hono': { version: '1.0.0', integrity: 'x' } }],
  ['a missing workspace', { 'node_modules/pool': undefined }],
  ['a copy instead of the workspace', { 'node_modules/pool': { resolved: 'lib/pool' } }],
])('%s does not count as installed', (_name, record) => {
  write(LOCKED, { ...INSTALLED, ...record });
  expect(isInstalled(root)).toBe(false);
});

test('a workspace without its link does not count as installed', () => {
  rmSync(join(root, 'node_modules/pool'));
  expect(isInstalled(root)).toBe(false);
});
