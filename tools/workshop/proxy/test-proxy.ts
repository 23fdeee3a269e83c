// `npm run --prefix tools/workshop test:proxy`: the whole of `npm test` with the middleware in its other form, in a copy. As long
// as `npm test` itself; the working tree stays as it is.
import { stopOnSignals } from '../../setup/child.js';
import { formOf, otherThan } from '../../setup/proxy/form';
import { copyProject } from './copy';

stopOnSignals({ grace: 1500 });
const form = otherThan(formOf());
const copy = await copyProject();
copy.take(form);
const { ok } = await copy.node(['tools/test/run.js', ...process.argv.slice(2)], true);
console.log(`With ${form}.ts: ${ok ? 'all of it passed.' : 'something failed, see above.'}`);
process.exitCode = ok ? 0 : 1;
