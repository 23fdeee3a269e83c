import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findImported } from '../../../tests/support/sources';

/** A number of files, and its limit. */
export interface Count {
  readonly what: string;
  readonly value: number;
  readonly most: number;
}

/** What Next compiles when somebody opens the front page: its parts, and what runs before it. */
const FIRST_PAGE = [
  ...['page', 'layout', 'not-found', 'forbidden', 'unauthorized', 'error', 'global-error'].map(
    (name) => `app/${name}.tsx`,
  ),
  ...['middleware.ts', 'proxy.ts', 'instrumentation.ts'],
];

/** Everything that counts. Run it in the project's folder. */
export function counts(): Count[] {
  const loaded = loadedByLauncher();
  const isPool = (file: string) => file.startsWith('lib/local-pool/');
  const isPackage = (file: string) => file.includes('node_modules/');
  const of = (test: (file: string) => boolean) => loaded.filter(test).length;
  return [
    {
      what: 'our files that Next compiles for the front page',
      value: firstPage().length,
      most: 125,
    },
    { what: 'modules of the local pool, at its start', value: of(isPool), most: 145 },
    { what: 'modules of packages, with those of the loader', value: of(isPackage), most: 95 },
    {
      what: 'modules of the launcher itself',
      value: of((file) => !isPool(file) && !isPackage(file)),
      most: 6,
    },
  ];
}

/** The files of the site that the front page imports, and so on. Type imports count, too. */
export function firstPage(): string[] {
  const entries = FIRST_PAGE.filter((file) => existsSync(file));
  const folders = ['app', 'lib/cognito', 'lib'];
  const all = entries.flatMap((entry) => [entry, ...findImported('.', folders, entry)]);
  return [...new Set(all)].sort();
}

/**
 * The modules that `npm run dev` loads with the local pool, before it starts anything: `--help` ends it there.
 *
 * @returns paths relative to the project's folder
 */
function loadedByLauncher(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'launcher-'));
  try {
    const env = { ...process.env, NODE_V8_COVERAGE: folder };
    execFileSync(process.execPath, ['--import', 'tsx', 'tools/setup/dev.ts', '--help'], { env });
    const root = `${pathToFileURL('.').href}/`;
    const urls = readdirSync(folder).flatMap((file) => {
      const { result } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return result.map(({ url }: { url: string }) => url.split('?')[0] ?? '');
    });
    const own = urls.filter((url: string) => url.startsWith(root));
    return [...new Set<string>(own.map((url) => url.slice(root.length)))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
