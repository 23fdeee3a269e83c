// `npm run --prefix tools/workshop test:engines`: the site in Firefox and WebKit. Prints which of them it skips.
// `-- <words>` runs only the test files whose path contains one of the words. vitest's own options are passed on.
import { stopOnSignals } from '../../setup/child.js';
import { report } from '../../test/steps.js';
import { testEngines } from './steps.js';

stopOnSignals({ grace: 1500 });
process.exitCode = report(await testEngines(process.argv.slice(2)));
