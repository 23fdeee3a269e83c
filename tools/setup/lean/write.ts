import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const BIOME = 'node_modules/@biomejs/biome/bin/biome';

/**
 * Writes changed files, deletes others, and formats what has changed: a list that was only long because of its
 * comments fits on one line again.
 *
 * @param changed the new texts, by path
 * @param gone files and folders; folders that are then empty are deleted, too
 * @returns the formatter's errors, or an empty string
 */
export function carryOut(changed: ReadonlyMap<string, string>, gone: readonly string[]): string {
  for (const [file, text] of changed) writeFileSync(file, text);
  for (const part of gone) {
    rmSync(part, { recursive: true });
    removeEmpty(dirname(part));
  }
  const code = [...changed.keys()].filter((file) => /\.(tsx?|js|json|css)$/.test(file));
  const args = [BIOME, 'check', '--write', '--no-errors-on-unmatched', ...code];
  const format = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return format.status === 0 ? '' : format.stderr;
}

/** Deletes a folder and those above it, as long as they are empty. */
function removeEmpty(folder: string): void {
  if (folder === '.' || !existsSync(folder) || readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  removeEmpty(dirname(folder));
}
