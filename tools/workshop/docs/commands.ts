import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The commands of a shell block, one per line. Continued lines are joined, and comments dropped.
 *
 * @param text of the block
 */
export function commandsOf(text: string): string[] {
  return text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#\s.*$/, '').trim())
    .filter((line) => line !== '');
}

/**
 * The files of this repository that a command names but that do not exist.
 *
 * @param command with paths from the repository's root
 */
export function missingPaths(command: string): string[] {
  const paths =
    command.match(/(?<![\w./-])(app|docs|infra|lib|public|tests|tools)\/[\w./-]+/g) ?? [];
  return paths.filter((path) => !existsSync(path));
}

/**
 * The scripts of a package.
 *
 * @param folder with a `package.json`
 */
export function scriptsOf(folder = '.'): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).scripts ?? {};
}

/**
 * Checks an `npm run`: the script must exist, and its source must know the options.
 *
 * @param command e.g. `npm run --prefix tools/workshop bench -- --quick`
 * @returns the problems, or an empty list
 */
export function wrongWithRun(command: string): string[] {
  const [, folder = '.', name = '', rest = ''] =
    /^npm run (?:-s )?(?:--prefix ([\w./-]+) )?([\w:-]+)(?: -- (.*))?$/.exec(command) ?? [];
  const script = scriptsOf(folder)[name];
  if (script === undefined) return [`\`${command}\` runs a script that does not exist`];
  const options = [...rest.matchAll(/(?<=^| )--([a-z][\w-]*)/g)].map(([, option = '']) => option);
  if (options.length === 0) return [];
  // Biome's own documentation has its options.
  if (script === 'biome check .' && options.join() === 'write') return [];
  const source = sourceOf(script, folder);
  return options
    .filter((option) => !new RegExp(`(?<![\\w-])${option}(?![\\w-])`).test(source))
    .map((option) => `\`${name}\` does not know --${option}`);
}

/** The files that a script starts, and the files that they import: options may be parsed there. */
function sourceOf(script: string, folder: string): string {
  const files = script
    .split(' ')
    .filter((word) => /\.(js|ts)$/.test(word))
    .map((file) => join(folder, file));
  return files.map(withNeighbors).join('\n');
}

function withNeighbors(file: string): string {
  const text = readFileSync(file, 'utf8');
  const imports = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) =>
    join(dirname(file), path.replace(/\.js$/, '')),
  );
  const files = imports.flatMap((path) => [`${path}.ts`, `${path}.js`]).filter(existsSync);
  return [text, ...files.map((each) => readFileSync(each, 'utf8'))].join('\n');
}
