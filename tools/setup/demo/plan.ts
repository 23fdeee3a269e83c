import { dirname, join } from 'node:path/posix';
import { withoutMarked } from '../lean/marks';
import { withoutScripts } from '../lean/scripts';

/** Files and folders that belong only to the demo. */
export const PARTS = [
  'app/flow',
  'app/source',
  'app/profile/tokens',
  'app/profile/profile.module.css',
  'app/proofs.tsx',
  'app/landing.module.css',
  'docs/decisions/0008-a-site-that-explains-itself.md',
  'tools/setup/demo',
  'tests/demo',
  'tests/browser/tokens.test.ts',
  'tools/workshop/site/demo',
] as const;

/** The demo's pages that are replaced by others. */
export const REPLACED: ReadonlyMap<string, string> = new Map([
  ['app/page.tsx', 'tools/setup/demo/page.tsx'],
  ['app/profile/page.tsx', 'tools/setup/demo/profile.tsx'],
]);

/** An import from a part of the demo. */
const OF_DEMO = /from '(@\/app\/(flow|landing|proofs)|\.\/tokens\/)/;

/** Images for documents. Those that no document shows any more are removed. */
const PICTURES = 'docs/images/';

/** The changes that remove the demo. */
export interface Plan {
  /** Parts, files that are marked as a whole, and images, with the number of files in each. */
  readonly gone: readonly { readonly part: string; readonly files: number }[];
  /** Changed files, with their new text. */
  readonly changed: ReadonlyMap<string, string>;
  /** Scripts in any `package.json` that run a removed file. */
  readonly scripts: readonly string[];
}

/**
 * Plans the removal.
 *
 * @param files all files of the repository
 * @param read returns the text of a file
 * @throws Error if the marks in a file don't match
 */
export function planRemoval(files: readonly string[], read: (file: string) => string): Plan {
  const partOf = (file: string) =>
    PARTS.find((part) => file === part || file.startsWith(`${part}/`));
  const gone = PARTS.map((part) => ({
    part,
    files: files.filter((file) => partOf(file) === part).length,
  }));
  const staying = files.filter((file) => !partOf(file));

  const changed = new Map<string, string>();
  const emptied: string[] = [];
  for (const file of staying.filter((name) => /\.(ts|tsx|js|css|md)$/.test(name))) {
    const text = read(file);
    const rest = withoutMarked(text, file, 'demo');
    if (rest === text) continue;
    // The whole file belongs to the demo.
    if (rest.trim() === '') emptied.push(file);
    else changed.set(file, rest);
  }
  for (const [page, skeleton] of REPLACED) {
    // A page that the developer has replaced imports nothing from the demo, and stays.
    if (staying.includes(page) && OF_DEMO.test(read(page))) changed.set(page, read(skeleton));
  }

  const isGone = (file: string) => partOf(file) !== undefined || emptied.includes(file);
  const scripts = staying
    .filter((file) => /(^|\/)package\.json$/.test(file))
    .flatMap((file) => {
      const { text, names } = withoutScripts(read(file), (path) =>
        isGone(join(dirname(file), path)),
      );
      if (names.length > 0) changed.set(file, text);
      return names;
    });

  const documents = files.filter((file) => file.endsWith('.md') && !partOf(file));
  const shown = documents.map((file) => changed.get(file) ?? read(file)).join('\n');
  const pictures = files.filter((file) => file.startsWith(PICTURES) && !shown.includes(file));
  return {
    gone: [
      ...gone.filter((each) => each.files > 0),
      ...[...emptied, ...pictures].map((part) => ({ part, files: 1 })),
    ],
    changed,
    scripts,
  };
}
