/**
 * `npm run --prefix tools/workshop budgets`: compares the size of each page and of the middleware, in bytes after gzip,
 * with their budgets. Needs a build (`npm run build`). `-- --modules` prints the share of each module in the Edge
 * middleware instead, and with `--write` writes the largest packages and folders into `docs/performance.md`.
 */
import { parseArgs } from 'node:util';
import { setStage } from '../../../tests/support/stage';
import { VIEWS } from '../../../tests/support/views';
import { endFault } from '../../../tests/support/visit';
import { progress } from '../../setup/progress.js';
import { BUDGET, bareNext, ownMiddleware, weigh } from '../support/weights';
import { reportModules } from './modules-table';

const { values } = parseArgs({
  options: {
    modules: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
if (values.modules) {
  reportModules(values.write);
  process.exit();
}

const views = VIEWS.filter(({ kind }) => kind !== 'pool');
const stage = await setStage();
const done = progress(`weighing ${views.length} pages`);
const rows: string[] = [];
let over = 0;
for (const view of views) {
  const { ownScript, script, style, document } = await weigh(stage, view);
  endFault(stage, view);
  const fits = ownScript <= BUDGET.ownScript && style <= BUDGET.style;
  if (!fits) over += 1;
  const numbers = [ownScript, style, script, document].map((bytes) => String(bytes).padStart(9));
  rows.push(`${numbers.join('')}  ${view.name}${fits ? '' : '  over budget'}`);
}
await stage.close();
const middleware = ownMiddleware();
if (middleware.own > middleware.most) over += 1;
done(over === 0, `${over} over budget`);

const bare = bareNext();
console.log(`
Bytes after gzip, except the document, which is uncompressed. Next ${bare.next} alone has ${bare.script} bytes of scripts.

     ours   styles  scripts document
${[BUDGET.ownScript, BUDGET.style].map((bytes) => String(bytes).padStart(9)).join('')}                    at most
${rows.join('\n')}

The ${middleware.form} adds ${middleware.own} bytes to the ${middleware.bare} of an empty one; its budget is ${middleware.most}.`);
process.exitCode = over === 0 ? 0 : 1;
