/** `npm run migrate:proxy` on a copy of the repository: it moves the file, and --back restores the same bytes. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formOf } from '@/tools/setup/proxy/form';
import { RECORD, readRecord } from '@/tools/setup/record';

const FILES = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && file !== RECORD && existsSync(file));
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const SCRIPT = resolve('tools/setup/migrate-proxy.ts');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrate-proxy-'));
  for (const file of FILES) cpSync(file, join(folder, file));
  writeFileSync(join(folder, 'README.md'), '1. `middleware.ts` and what it calls\n');
  git('init', '--quiet');
  tree();
  // The tests start with middleware.ts, whichever form the project has.
  if (formOf(folder) === 'proxy') migrate('--back');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
}

function migrate(...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', TSX, SCRIPT, ...args],
    { cwd: folder, encoding: 'utf8' },
  );
  return { status, said: stdout + stderr };
}

const read = (file: string) => readFileSync(join(folder, file), 'utf8');
/** One hash of all files and their contents, except the record of the choice. */
function tree(): string {
  git('add', '--all', '--', '.', `:!${RECORD}`);
  return git('write-tree').trim();
}

describe('npm run migrate:proxy', { timeout: 60_000 }, () => {
  test('moves the file, its export and its references; a second run changes nothing; --back restores the same bytes', () => {
    const before = tree();
    const there = migrate();
    expect(there.said).toMatch(/^✓ proxy\.ts now runs on the Node\.js runtime; .*`npm test`.*\n$/);
    expect(there.status).toBe(0);
    expect(formOf(folder)).toBe('proxy');
    expect(git('status', '--short', '--', 'proxy.ts')).not.toContain('??');
    expect(read('proxy.ts')).toMatch(/^export const proxy = /m);
    expect(read('README.md')).toContain('1. `proxy.ts` and');

    const moved = tree();
    expect(readRecord(folder).choices).toEqual({ middleware: 'proxy' });
    expect(migrate()).toEqual({
      status: 0,
      said: 'This project already uses proxy.ts. Nothing was changed.\n',
    });
    expect(tree()).toBe(moved);

    expect(migrate('--back').said).toMatch(/^✓ middleware\.ts now runs on the Edge runtime; /);
    expect(tree()).toBe(before);
    expect(migrate('--back').said).toBe(
      'This project already uses middleware.ts. Nothing was changed.\n',
    );
  });

  test('handles an export that is written out', () => {
    const before = read('middleware.ts');
    writeFileSync(join(folder, 'middleware.ts'), 'export const middleware = behindGuard(other);\n');
    migrate();
    expect(read('proxy.ts')).toBe('export const proxy = behindGuard(other);\n');
    migrate('--back');
    expect(read('middleware.ts')).toBe('export const middleware = behindGuard(other);\n');
    writeFileSync(join(folder, 'middleware.ts'), before);
  });

  test('changes nothing if both files exist, or neither, or with an unknown option', () => {
    const before = tree();
    writeFileSync(join(folder, 'proxy.ts'), '');
    const both = migrate();
    expect(both.status).toBe(1);
    expect(both.said).toMatch(
      /^Both .* Delete the one that you do not want\. Nothing was changed\.\n$/,
    );
    rmSync(join(folder, 'proxy.ts'));
    expect(tree()).toBe(before);
    expect(migrate('--forward')).toMatchObject({ status: 2 });
    expect(tree()).toBe(before);
    const middleware = read('middleware.ts');
    rmSync(join(folder, 'middleware.ts'));
    expect(migrate()).toMatchObject({ status: 1, said: expect.stringMatching(/^Neither /) });
    writeFileSync(join(folder, 'middleware.ts'), middleware);
  });
});
