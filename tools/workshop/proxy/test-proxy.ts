// `npm run --prefix tools/workshop test:proxy`: the whole of `npm run test:all` with the middleware in its
// other form, in a copy. As long as that itself; the working tree stays as it is. `-- <words>` as there.
import { stopOnSignals } from '../../setup/child.js';
import { progress } from '../../setup/progress.js';
import { formOf, otherThan } from '../../setup/proxy/form';
import { moveTo } from '../../setup/proxy/move';
import { copyRepository } from '../support/copy';

stopOnSignals({ grace: 1500 });
const form = otherThan(formOf());
const done = progress('copying the repository');
const copy = copyRepository();
moveTo(form, copy.folder);
done(true, 'done');
const words = process.argv.slice(2);
const { ok } = await copy.node(['tools/test/run.js', ...(words[0] ? words : ['--all'])], true);
console.log(`With ${form}.ts: ${ok ? 'all of it passed.' : 'something failed, see above.'}`);
process.exitCode = ok ? 0 : 1;
