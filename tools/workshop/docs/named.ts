import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scriptsOf } from './commands';

/**
 * Finds the paths and the `npm run` commands that a document or a page mentions and that don't exist.
 *
 * @param file the document
 */
export function missingNames(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const named = text.matchAll(
    /[`">]((?:app|lib|docs|infra|tests|tools|public)\/[\w./-]+|[\w-]+\.ts|[A-Z]+\.md)[`"<]/g,
  );
  const paths = [...named].map(([, path = '']) => path);
  const commands = text.matchAll(/npm run (?:-s )?(?:--prefix ([\w./-]+) )?([\w:-]+)/g);
  return [
    ...paths.filter((path) => !exists(path, file)),
    ...[...commands]
      .filter(([, folder, name = '']) => !(name in scriptsIn(folder)))
      .map(([command]) => command),
  ];
}

function exists(path: string, file: string): boolean {
  // Only one of them exists; tools/setup/tests/migrate-proxy.test.ts checks where each is named.
  if (['middleware.ts', 'proxy.ts'].includes(path)) return true;
  // The bench writes them; they are not committed.
  if (path.startsWith('tools/workshop/bench/results/')) return true;
  return existsSync(path) || existsSync(join(dirname(file), path));
}

function scriptsIn(folder = '.'): Readonly<Record<string, string>> {
  return existsSync(join(folder, 'package.json')) ? scriptsOf(folder) : {};
}
