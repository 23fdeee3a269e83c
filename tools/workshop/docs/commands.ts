import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The commands of a block for the shell, one for each line; continued lines are one, comments none.
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
 * The files of this repository that a command names and that are not there.
 *
 * @param command with paths from the repository's own folder
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
 * What is wrong with an `npm run`: no such script, or an option that its source does not know.
 *
 * @param command e.g. `npm run --prefix tools/workshop bench -- --quick`
 * @returns nothing wrong: an empty list
 */
export function wrongWithRun(command: string): string[] {
  const [, folder = '.', name = '', rest = ''] =
    /^npm run (?:-s )?(?:--prefix ([\w./-]+) )?([\w:-]+)(?: -- (.*))?$/.exec(command) ?? [];
  const script = scriptsOf(folder)[name];
  if (script === undefined) return [`there is no script "${name}" in \`${command}\``];
  const options = [...rest.matchAll(/(?<=^| )--([a-z][\w-]*)/g)].map(([, option = '']) => option);
  if (options.length === 0) return [];
  const source = sourceOf(script, folder);
  return options
    .filter((option) => !new RegExp(`(?<![\\w-])${option}(?![\\w-])`).test(source))
    .map((option) => `\`${name}\` does not know --${option}`);
}

/** The files that a script starts, and those beside them that they import: options have files of their own. */
function sourceOf(script: string, folder: string): string {
  const files = script
    .split(' ')
    .filter((word) => /\.(js|ts)$/.test(word))
    .map((file) => join(folder, file));
  return files.map(withNeighbours).join('\n');
}

function withNeighbours(file: string): string {
  const text = readFileSync(file, 'utf8');
  const imports = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) =>
    join(dirname(file), path.replace(/\.js$/, '')),
  );
  const files = imports.flatMap((path) => [`${path}.ts`, `${path}.js`]).filter(existsSync);
  return [text, ...files.map((each) => readFileSync(each, 'utf8'))].join('\n');
}
