import { TEMPLATE_NAME, titleOf } from './name';

/** The template's own names. Names that the developer has already changed are kept. */
const TEMPLATE_TITLE = 'Cognito starter';
const TEMPLATE_HEADING = "Next.js starter for Amazon Cognito's hosted UI";
const TEMPLATE_DESCRIPTION =
  /(?<=DESCRIPTION =)\s+"A Next\.js starter that signs people in with Amazon Cognito's hosted UI\."/;
/** Source code that refers to NAME, so that a later rename changes it too. */
const NEW_DESCRIPTION = ` \`\${NAME}: sign in with Amazon Cognito.\``;

/**
 * The new text of every file that contains the project's name: for visitors, npm and readers. The
 * license keeps the name of the template's author.
 *
 * @param name the new name, a valid one
 * @param read returns the text of a file
 * @returns the changed files, with their new text; `package.json` last, so that the new name in it means
 *   that the rename is complete
 */
export function planRename(
  name: string,
  read: (file: string) => string,
): ReadonlyMap<string, string> {
  const manifest = read('package.json');
  const { name: present } = JSON.parse(manifest);
  if (present === name) return new Map();
  const title = titleOf(name);
  const before = [titleOf(present), ...(present === TEMPLATE_NAME ? [TEMPLATE_TITLE] : [])];
  const texts: [string, (text: string) => string][] = [
    ['lib/site.ts', (text) => inSource(text, before, title)],
    ['public/icon.svg', (text) => inIcon(text, before, title)],
    ['README.md', (text) => inReadme(text, [...before, TEMPLATE_HEADING], title)],
    ['package-lock.json', (text) => inLock(text, name)],
    ['package.json', (text) => asJson({ ...JSON.parse(text), name })],
  ];
  const changed = texts.map(([file, change]) => [file, read(file), change] as const);
  return new Map(
    changed.flatMap(([file, text, change]) =>
      change(text) === text ? [] : [[file, change(text)]],
    ),
  );
}

function inSource(text: string, before: readonly string[], title: string): string {
  return text
    .replace(/(?<=\bNAME = ')[^']*(?=';)/, (found) => (before.includes(found) ? title : found))
    .replace(TEMPLATE_DESCRIPTION, () => NEW_DESCRIPTION);
}

function inIcon(text: string, before: readonly string[], title: string): string {
  return text.replace(/(?<=<title>)[^<]*/, (found) => (before.includes(found) ? title : found));
}

function inReadme(text: string, before: readonly string[], title: string): string {
  return text.replace(/(?<=^# ).*/, (found) => (before.includes(found) ? title : found));
}

function inLock(text: string, name: string): string {
  const lock = JSON.parse(text);
  const packages = { ...lock.packages, '': { ...lock.packages[''], name } };
  return asJson({ ...lock, name, packages });
}

/** Formatted as npm does. */
function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
