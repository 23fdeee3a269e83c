// `npm test`: the checks that every change must pass. Its last line shows how many passed.
// `npm test -- <words>`: only test files whose path contains one of the words. The words `unit`, `site` and
// `browser` select a project instead; vitest's options are passed on.
// template-only
// `pool` and `tools` select one, too. `npm run test:all`: `npm test`, then the tests of the local pool, of the
// commands in tools, and of tools/workshop, unless the project has been renamed. `-- --rest`: skips
// `npm test` and adds the result of its last run.
// /template-only
import { stopOnSignals } from '../setup/child.js';
import { remember, testAll } from './all.js'; // template-only
import { testSite, testSome } from './site.js';
import { report } from './steps.js';

/** @typedef {import('./steps.js').Result} Result */

stopOnSignals({ grace: 1500 });
process.exitCode = report(await results(process.argv.slice(2)));

/**
 * @param {string[]} words
 * @returns {Promise<Result[]>}
 */
async function results(words) {
  if (words[0] === '--all') return await testAll(words); // template-only
  if (words.length > 0) return await testSome(words);
  const found = await testSite();
  remember(found); // template-only
  return found;
}
