// `npm run test:proxy`: the whole of `npm test` with the middleware in its other form, in a copy. As long
// as `npm test` itself; the working tree stays as it is.
import { stopOnSignals } from './child.js';
import { copyProject } from './proxy/copy';
import { formOf, otherThan } from './proxy/form';

stopOnSignals({ grace: 1500 });
const form = otherThan(formOf());
const copy = await copyProject();
copy.take(form);
const { ok } = await copy.node(['scripts/test.js', ...process.argv.slice(2)], true);
console.log(`With ${form}.ts: ${ok ? 'all of it passed.' : 'something failed, see above.'}`);
process.exitCode = ok ? 0 : 1;
