// Runs before `npm run dev`, `npm test` and the like: a fresh clone, or one whose lock file has changed,
// gets its packages. Silent when there is nothing to do.
import { fileURLToPath } from 'node:url';
import { stopOnSignals } from './child.js';
import { ensureInstalled } from './ensure-installed.js';

stopOnSignals({ grace: 0 });
const root = fileURLToPath(new URL('../..', import.meta.url));
if (!(await ensureInstalled(root, 'installing the packages of package-lock.json'))) {
  process.exitCode = 1;
}
