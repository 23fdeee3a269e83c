/**
 * The last step of `npm run build`: checks the static pages of the build against `staticPages` in `lib/access.ts`,
 * and writes the hashes of their inline scripts into the build's middleware, for their policies.
 */
import { access } from '../../lib/access';
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
