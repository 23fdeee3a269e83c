/** A small template and copies of it, for the tests of `npm run update`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'vitest';

const COMMAND = ['--import', import.meta.resolve('tsx'), resolve('tools/setup/update.ts')];

/** What the first release has. */
export const FIRST = {
  '.template.json': '{ "version": "1.0.0", "commit": "$Format:%H$" }\n',
  'package.json': '{\n  "name": "nextjs-cognito-starter",\n  "scripts": {}\n}\n',
  'middleware.ts': 'first\n',
  'lib/access.ts': 'one\ntwo\nthree\nfour\nfive\n',
  'docs/old/a.md': 'a\n',
  'app/[id]/page.tsx': 'a page of some length\nwith two lines\n',
  'CHANGELOG.md': '# Changelog\n\n## Unreleased\n\n## 1.0.0 - 2026-01-01\n\n- First.\n',
};
/** What the second changes. */
export const SECOND = {
  '.template.json': '{ "version": "1.1.0", "commit": "$Format:%H$" }\n',
  'middleware.ts': 'second\n',
  'lib/new.ts': 'new\n',
  'CHANGELOG.md':
    '# Changelog\n\n## Unreleased\n\n## 1.1.0 - 2026-02-01\n\n### By hand\n\n- Turn `lib/access.ts` round.\n\n### Security\n\n- One.\n- Two.\n\n## 1.0.0 - 2026-01-01\n\n- First.\n',
};

type Files = Readonly<Record<string, string | undefined>>;

/** A new temporary folder, by its real path. */
export function temporaryFolder(): string {
  return mkdtempSync(join(realpathSync(tmpdir()), 'update-test-'));
}

/** Makes a repository with one commit. */
export function start(folder: string, files: Files): void {
  mkdirSync(folder);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'config', 'user.name', 'Carol');
  git(folder, 'config', 'user.email', 'carol@example.com');
  commit(folder, files, 'Begin');
}

/** Writes files, or removes those without a text, and commits everything. */
export function commit(folder: string, files: Files, message = 'Change'): void {
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, file);
    if (text === undefined) rmSync(path);
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', message);
}

/** Commits and tags a release of the template. */
export function releaseIn(template: string, version: string, files: Files): void {
  commit(template, files, `Make ${version}`);
  git(template, 'tag', '--force', `v${version}`);
}

/** Runs git, which must succeed. */
export function git(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
  expect(status, `git ${args.join(' ')}: ${stderr}`).toBe(0);
  return stdout;
}

/** Runs `npm run update` in a folder, with more variables. */
export function updateWith(
  more: Readonly<Record<string, string>>,
  folder: string,
  ...args: string[]
) {
  const env = { ...process.env, NO_COLOR: '1', ...more };
  const options = { cwd: folder, env, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...COMMAND, ...args], options);
  return { status, output: `${stdout}${stderr}` };
}

/** What git says has changed, line by line. */
export function statusOf(folder: string): string[] {
  return git(folder, 'status', '--porcelain').trimEnd().split('\n').filter(Boolean);
}
