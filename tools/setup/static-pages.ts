/**
 * The last step of `npm run build`: checks the static pages of the build against `staticPages` in `lib/access.ts`,
 * and writes the hashes of their inline scripts into the build's middleware, for their policies. It also takes the
 * copy of `instrumentation.ts` out of the Edge middleware if it does nothing there.
 */
import { existsSync, readFileSync } from 'node:fs';
import { access } from '../../lib/access';
import { leaveOutInstrumentation } from './static-pages/instrumentation';
import { staticPagesOf, writePages } from './static-pages/pages';

const { pages, problems } = staticPagesOf('.next', access);
for (const problem of problems) console.error(`✗ ${problem}`);
if (problems.length > 0) process.exit(1);
if (writePages('.next', pages).length === 0) {
  console.error('✗ No middleware of this build knows static pages. Run `npm run build` again.');
  process.exit(1);
}
console.log(
  `✓ Static pages, with the hashes of their scripts: ${pages.map(({ path }) => path).join(', ') || 'none'}`,
);

const source = existsSync('instrumentation.ts')
  ? readFileSync('instrumentation.ts', 'utf8')
  : undefined;
const copy = leaveOutInstrumentation('.next', source);
if (copy === 'left out')
  console.log('✓ Edge middleware without its empty copy of instrumentation.ts');
if (copy === 'kept') console.log('· Edge middleware with its copy of instrumentation.ts');
