/** The required and the recommended version of Node.js are the same wherever they are mentioned. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeVersion } from '@/tools/doctor/checks/local';

const read = (file: string) => readFileSync(file, 'utf8');
const { engines, devDependencies } = JSON.parse(read('package.json'));
const [, wanted = '', major = '', minor = '', end = ''] =
  /^>=((\d+)\.(\d+)) <(\d+)$/.exec(engines.node) ?? [];
/** The commands work with this version, too, and CI may use it. */
const LEAST = '20.20';

test.each(['README.md', 'CONTRIBUTING.md'])(
  '%s requires the same version as package.json',
  (file) => {
    expect(read(file)).toContain(`You need Node ${wanted} or newer (${LEAST} works too) and npm`);
  },
);

test('the doctor requires it, too, and only warns about an older one that works', () => {
  const before = (version: string) => version.replace(/\d+$/, (last) => String(Number(last) - 1));
  expect(nodeVersion(`v${wanted}.0`).outcome).toBe('ok');
  expect(nodeVersion(`v${before(wanted)}.0`).outcome).toBe('warning');
  expect(nodeVersion(`v${LEAST}.0`).outcome).toBe('warning');
  expect(nodeVersion(`v${before(LEAST)}.0`).outcome).toBe('wrong');
});

test('a host that takes the newest allowed version, such as Vercel, takes the one of .nvmrc', () => {
  expect(Number(end)).toBe(Number(read('.nvmrc')) + 1);
});

test('the type definitions are those of the oldest version', () => {
  expect(devDependencies['@types/node']).toMatch(new RegExp(`^${major}\\.`));
  expect(Number(minor)).toBeGreaterThan(0);
});

test('CI and the image use the version of .nvmrc', () => {
  const current = read('.nvmrc').trim();
  expect(Number(current)).toBeGreaterThanOrEqual(Number(major));
  expect(read('Dockerfile')).toContain(`ARG NODE_IMAGE=node:${current}-`);
  expect(read('.github/workflows/ci.yml')).toContain('node-version-file: .nvmrc');
});
