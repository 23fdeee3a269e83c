import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Group, readJson } from './files';

/**
 * Copies what each group of functions gets: its launcher and the files that the build has traced, and nothing else.
 *
 * @param root that the build's paths are relative to
 * @param target a new folder outside the project, so that no package is found in a parent folder
 * @param app the folder with the output of a build in `.next/output`; default: `root`
 */
export function unpackFunctions(root: string, target: string, app = root): void {
  const functions = join(app, '.next/output/functions');
  const done = new Set<string>();
  for (const entry of readdirSync(functions, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.vc-config.json')) continue;
    const { handler, operationType, filePathMap } = readJson(join(functions, entry));
    if (handler === undefined) continue;
    const group: Group = operationType === 'PAGE' ? 'page' : 'api';
    const files: [string, unknown][] = [
      ...Object.entries(filePathMap),
      [handler, join(relative(root, functions), dirname(entry), handler)],
    ];
    for (const [to, from] of files) {
      const file = join(target, group, to);
      if (done.has(file)) continue;
      done.add(file);
      mkdirSync(dirname(file), { recursive: true });
      cpSync(join(root, String(from)), file, { dereference: true });
    }
  }
}
