// What a typical first week changes, besides the recipes.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** A text in the file, and its replacement. */
type Change = readonly [before: string, after: string];

/** Changes that no recipe mentions but that most developers make. */
const BY_HABIT: Readonly<Record<string, readonly Change[]>> = {
  'lib/access.ts': [
    ['publicPages: [', "publicPages: [\n    '/contact',"],
    ['publicFiles: [', "publicFiles: [\n    '/brochure.txt',"],
  ],
  'lib/local-pool/src/seed.ts': [
    ["username: 'bob'", "username: 'bert'"],
    ["password: 'Bob-password-1'", "password: 'Bert-password-1'"],
    ["username: 'carol'", "username: 'caroline'"],
  ],
  'lib/site.ts': [["NAME = 'A shop'", "NAME = 'Anything Else'"]],
  'app/globals.css': [
    ['color-scheme: light dark;', 'color-scheme: light dark;\n    --shop: #070;'],
  ],
  'app/page.tsx': [['You are signed out.', 'Nobody knows you.']],
  'next.config.js': [
    [
      'const headers = [',
      "const cdn = process.env.SHOP_CDN ?? '';\n\nconst headers = [\n  { key: 'X-Cdn', value: cdn || 'none' },",
    ],
  ],
};

/** With an image, a script, a code language and a path that don't exist: no test may check them. */
const OWN_DOCUMENTS = new Map([
  ['README.md', '# Shop\n\nSells things.\n\n![The shop](docs/gone.png)\n'],
  ['docs/shop.md', '# Shop\n\n`app/gone.tsx`: `npm run gone`.\n\n```python\nprint(1)\n```\n'],
]);

/** One that anyone may download, and one that they may not. */
const OWN_FILES = new Map([
  ['public/brochure.txt', 'A brochure for everybody.\n'],
  ['public/salaries.txt', 'Not for everybody.\n'],
]);

/**
 * Writes files into a repository.
 *
 * @param folder the repository
 * @param files the text of each by its path
 */
export function write(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Makes typical changes of a first week: own files, an own package, another README. */
export function editByHabit(folder: string): void {
  edit(folder, BY_HABIT);
  cpSync(resolve('tools/workshop/recipes/site'), folder, { recursive: true });
  write(folder, OWN_DOCUMENTS);
  write(folder, OWN_FILES);

  const { version } = read(resolve('node_modules/nanoid/package.json'));
  const manifest = read(join(folder, 'package.json'));
  manifest.dependencies.nanoid = `^${version}`;
  manifest.scripts.invoices = 'node tools/invoices.js';
  const lock = read(join(folder, 'package-lock.json'));
  lock.packages[''].dependencies.nanoid = `^${version}`;
  write(
    folder,
    new Map([
      ['package.json', `${JSON.stringify(manifest, null, 2)}\n`],
      ['package-lock.json', `${JSON.stringify(lock, null, 2)}\n`],
    ]),
  );
}

/** Replaces the first occurrence of each text in every file. */
function edit(folder: string, changes: Readonly<Record<string, readonly Change[]>>): void {
  for (const [path, pairs] of Object.entries(changes)) {
    let text = readFileSync(join(folder, path), 'utf8');
    for (const [before, after] of pairs) {
      if (!text.includes(before)) throw new Error(`${path} does not contain ${before}.`);
      text = text.replace(before, () => after);
    }
    writeFileSync(join(folder, path), text);
  }
}

function read(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
