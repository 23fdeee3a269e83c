// `npm run --prefix tools/workshop test`: what `npm run test:all` adds for the workshop.
// `-- <words>`: only the tests in files whose path has one of the words; the words `workshop`, `clients`,
// `site`, `image`, `copies` and `nginx` choose a project instead, and vitest's own options are passed on.
import { stopOnSignals } from '../../setup/child.js';
import { report } from '../../test/steps.js';
import { testSome, testWorkshop } from './steps.js';

stopOnSignals({ grace: 1500 });
const words = process.argv.slice(2);
process.exitCode = report(words.length > 0 ? await testSome(words) : await testWorkshop());
