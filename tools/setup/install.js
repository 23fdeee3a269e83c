// Runs before `npm run dev`, `npm test` and `npm run local-pool`: a fresh clone, or one whose lock file
// has changed, gets its packages. Silent when there is nothing to do.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stopOnSignals } from './child.js';
import { isInstalled } from './installed.js';
import { npmCi } from './npm-ci.js';
import { progress } from './progress.js';

const root = fileURLToPath(new URL('..', import.meta.url));

if (!isInstalled(root)) process.exitCode = await install();

/** @returns {Promise<number>} the exit code */
async function install() {
  if (!existsSync(join(root, 'package-lock.json'))) {
    console.error('package-lock.json is missing. Restore it with git, or run `npm install`.');
    return 1;
  }

  stopOnSignals({ grace: 0 });
  const done = progress('installing the packages of package-lock.json (npm ci)');
  const { ok, output } = await npmCi(root);
  done(ok, ok ? 'done' : 'failed');
  if (ok) return 0;

  console.error(output);
  console.error(
    '\nThe packages are not installed. Mend what npm says above, then run the command again.',
  );
  return 1;
}
