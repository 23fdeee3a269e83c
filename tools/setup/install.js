// Runs before `npm run dev`, `npm test` and similar commands: installs the packages if the clone is new
// or its lock file has changed. Silent when there is nothing to do.
import { fileURLToPath } from 'node:url';
import { stopOnSignals } from './child.js';
import { ensureInstalled } from './ensure-installed.js';

stopOnSignals({ grace: 0 });
const root = fileURLToPath(new URL('../..', import.meta.url));
if (!(await ensureInstalled(root, 'installing packages'))) {
  process.exitCode = 1;
}
