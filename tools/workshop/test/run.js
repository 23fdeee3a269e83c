// `npm run --prefix tools/workshop test`: runs what `npm run test:all` adds for the workshop.
// `-- <words>` runs only the test files whose path contains one of the words. The words `workshop`, `clients`,
// `site`, `image`, `copies` and `nginx` select a vitest project instead. vitest's own options are passed on.
import { stopOnSignals } from '../../setup/child.js';
import { report } from '../../test/steps.js';
import { testSome, testWorkshop } from './steps.js';

stopOnSignals({ grace: 1500 });
const words = process.argv.slice(2);
process.exitCode = report(words.length > 0 ? await testSome(words) : await testWorkshop());
