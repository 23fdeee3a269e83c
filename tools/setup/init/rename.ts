import { builtinModules } from 'node:module';

/** The name that every new clone has. */
export const TEMPLATE_NAME = 'nextjs-cognito-starter';

/** A name that npm accepts: lowercase, URL-safe, with an optional scope. */
const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;
const LONGEST = 214;

/**
 * Checks a name by npm's rules for package names.
 * https://docs.npmjs.com/cli/configuring-npm/package-json#name
 *
 * @param name the name as typed
 * @returns one sentence that says what is wrong, or undefined for a valid name
 */
export function whyNotName(name: string): string | undefined {
  if (name.length > LONGEST) return `The name can have at most ${LONGEST} characters.`;
  if (!NAME.test(name) || !/[a-z0-9]/.test(ownPart(name))) {
    return 'The name can contain lowercase letters, digits, "-", "." and "_", like my-app or @acme/portal.';
  }
  if (builtinModules.includes(name) || ['node_modules', 'favicon.ico'].includes(name)) {
    return `"${name}" is reserved by Node or npm. Choose another name.`;
  }
  return undefined;
}

/**
 * The name to suggest: the project's own name, or the folder's while it still has the template's name.
 *
 * @param present the name in `package.json`
 * @param folder the name of the project's folder
 */
export function offeredName(present: string, folder: string): string {
  if (present !== TEMPLATE_NAME) return present;
  const offered = folder.toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
  const trimmed = offered.replace(/^[._-]+|[._-]+$/g, '');
  return whyNotName(trimmed) === undefined ? trimmed : present;
}

/**
 * Turns a package name into a title: `@acme/my-app` becomes "My app".
 *
 * @param name a valid name
 */
export function titleOf(name: string): string {
  const words = ownPart(name)
    .replace(/[-._~]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The name without its scope. */
function ownPart(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

/** The template's own names. Names that the developer has already changed are kept. */
const TEMPLATE_TITLE = 'Cognito starter';
const TEMPLATE_HEADING = "Next.js starter for Amazon Cognito's hosted UI";
const TEMPLATE_DESCRIPTION =
  /(?<=DESCRIPTION =)\s+"A Next\.js starter that signs people in with Amazon Cognito's hosted UI\."/;
const describe = (title: string) => `The website of ${title}.`;
/** Source code that refers to NAME, so that a later rename changes it too. */
const NEW_DESCRIPTION = ` \`The website of \${NAME}.\``;
/** In `package.json`. */
const TEMPLATE_PACKAGE = "A Next.js website that signs people in with Amazon Cognito's hosted UI";
/** A project's own first version. */
const FIRST_VERSION = '0.1.0';
/** What coding agents read first, after the name. */
const FOR_AGENTS = /^(?:A|(.*) is a) (?=Next\.js 16 site \()/m;

/**
 * The new text of every file that contains the project's name: for visitors, npm and readers. The
 * license keeps the name of the template's author.
 *
 * @param name the new name, a valid one
 * @param read returns the text of a file, which is empty if it doesn't exist
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
    ['AGENTS.md', (text) => forAgents(text, before, title)],
    ['package-lock.json', (text) => inLock(text, name)],
    ['package.json', (text) => inManifest(text, before, name)],
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

function forAgents(text: string, before: readonly string[], title: string): string {
  return text.replace(FOR_AGENTS, (found, name?: string) =>
    name === undefined || before.includes(name) ? `${title} is a ` : found,
  );
}

function inManifest(text: string, before: readonly string[], name: string): string {
  const manifest = JSON.parse(text);
  const isOurs = (found: string) =>
    found.startsWith(TEMPLATE_PACKAGE) || before.some((title) => found === describe(title));
  const description = isOurs(String(manifest.description))
    ? describe(titleOf(name))
    : manifest.description;
  return asJson({ ...withOwnVersion(manifest), name, description });
}

function inLock(text: string, name: string): string {
  if (text === '') return text;
  const lock = JSON.parse(text);
  const packages = { ...lock.packages, '': { ...withOwnVersion(lock.packages['']), name } };
  return asJson({ ...withOwnVersion(lock), name, packages });
}

/** The template's release is in `.template.json`; the project's own versions begin here. */
function withOwnVersion<Named extends { name: string }>(manifest: Named): Named {
  return manifest.name === TEMPLATE_NAME ? { ...manifest, version: FIRST_VERSION } : manifest;
}

/** Formatted as npm does. */
function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
