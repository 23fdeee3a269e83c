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
    command.match(/(?<![\w./-])(app|docs|infra|lib|public|scripts|tests)\/[\w./-]+/g) ?? [];
  return paths.filter((path) => !existsSync(path));
}

/**
 * What is wrong with an `npm run`: no such script, or an option that its source does not know.
 *
 * @param command e.g. `npm run bench -- --quick`
 * @param scripts of `package.json`
 * @returns nothing wrong: an empty list
 */
export function wrongWithRun(command: string, scripts: Readonly<Record<string, string>>): string[] {
  const [, name = '', rest = ''] = /^npm run (?:-s )?([\w:-]+)(?: -- (.*))?$/.exec(command) ?? [];
  const script = scripts[name];
  if (script === undefined) return [`there is no script "${name}" in \`${command}\``];
  const options = [...rest.matchAll(/(?<=^| )--([a-z][\w-]*)/g)].map(([, option = '']) => option);
  if (options.length === 0) return [];
  const source = sourceOf(script);
  return options
    .filter((option) => !new RegExp(`(?<![\\w-])${option}(?![\\w-])`).test(source))
    .map((option) => `\`npm run ${name}\` does not know --${option}`);
}

/** The file that a script starts, and those beside it that it imports: options have files of their own. */
function sourceOf(script: string): string {
  const file = script.split(' ').find((word) => /\.(js|ts)$/.test(word));
  if (file === undefined) return script;
  const text = readFileSync(file, 'utf8');
  const imports = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) =>
    join(dirname(file), path.replace(/\.js$/, '')),
  );
  const files = imports.flatMap((path) => [`${path}.ts`, `${path}.js`]).filter(existsSync);
  return [text, ...files.map((each) => readFileSync(each, 'utf8'))].join('\n');
}
