import { run } from '../../setup/child.js';
import { npmCi } from '../../setup/ensure-installed.js';

/**
 * Installs the packages of a folder.
 *
 * @param folder with its own `package.json`
 * @throws Error with npm's output
 */
export async function install(folder: string): Promise<void> {
  const { ok, output } = await npmCi(folder.replace(/\/$/, ''));
  if (!ok) throw new Error(output);
}

/**
 * Checks the types of the bench, because the tests don't have its packages.
 *
 * @throws Error with the compiler's output
 */
export async function checkTypes(): Promise<void> {
  const { ok, output } = await run(process.execPath, [
    'node_modules/typescript/bin/tsc',
    ...['-p', 'tools/workshop/bench', '--noEmit'],
  ]);
  if (!ok) throw new Error(output);
}
