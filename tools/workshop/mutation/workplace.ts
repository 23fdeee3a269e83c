import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mutant, mutate } from './mutant';

/** The packages that tests need. */
const PACKAGES = [
  '',
  'tools/workshop/',
  'tools/workshop/clients/',
  'tools/workshop/next-intl/',
].map((folder) => `${folder}node_modules`);

/** A copy of the repository in which files may be spoilt. */
export interface Workplace {
  readonly folder: string;
  /** Takes a defence away, does the work, and puts the file back. */
  spoilt<T>(mutant: Mutant, work: () => Promise<T>): Promise<T>;
}

/**
 * Copies what git knows, and what it would know, with the installed packages: the build follows no
 * link out of its own folder. The copy goes when the process ends.
 */
export function createWorkplace(): Workplace {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'copy-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', listing, { encoding: 'utf8' }).split('\0');
  for (const file of [
    ...files.filter((name) => name !== '' && existsSync(name)),
    ...PACKAGES.filter(existsSync),
  ]) {
    cpSync(file, join(folder, file), { recursive: true, verbatimSymlinks: true });
  }

  return {
    folder,
    async spoilt(mutant, work) {
      const path = join(folder, mutant.file);
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, mutate(text, mutant));
      try {
        return await work();
      } finally {
        writeFileSync(path, text);
      }
    },
  };
}
