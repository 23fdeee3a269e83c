// `npm run --prefix tools/workshop test:proxy`: runs `npm run test:all` in a copy of the project that uses the other
// form of the middleware. It takes as long as `npm run test:all`, and doesn't change the working tree.
// `-- <words>` runs a part, as with `npm test`.
import { stopOnSignals } from '../../setup/child.js';
import { progress } from '../../setup/progress.js';
import { formOf, moveTo, otherThan } from '../../setup/proxy/form';
import { copyRepository } from '../support/copy';

stopOnSignals({ grace: 1500 });
const form = otherThan(formOf());
const done = progress('copying the repository');
const copy = copyRepository();
moveTo(form, copy.folder);
done(true, 'done');
const words = process.argv.slice(2);
const { ok } = await copy.node(['tools/test/run.js', ...(words[0] ? words : ['--all'])], true);
console.log(`With ${form}.ts: ${ok ? 'all tests passed.' : 'some tests failed, see above.'}`);
process.exitCode = ok ? 0 : 1;
