/**
 * The last step of `npm run build`: checks the static pages of the build against `staticPages` in `lib/access.ts`,
 * and writes the hashes of their inline scripts into the build's middleware, for their policies.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { access } from '../../lib/access';
import { staticPagesOf } from './static-pages/pages';

/** `lib/cognito/static-pages/built-pages.ts`. */
const PLACEHOLDER = 'static-pages-of-this-build';

const { pages, problems } = staticPagesOf('.next', access);
for (const problem of problems) console.error(`✗ ${problem}`);
if (problems.length > 0) process.exit(1);

const entries = pages.map(({ path, hashes }) => `${path}>${hashes.join(' ')}`);
const changed = ['.next/server', '.next/standalone'].flatMap(serverScripts).filter((file) => {
  const text = readFileSync(file, 'utf8');
  const filled = text.replaceAll(PLACEHOLDER, entries.join('|'));
  if (filled !== text) writeFileSync(file, filled);
  return filled !== text;
});
if (changed.length === 0) {
  console.error('✗ No middleware of this build knows static pages. Run `npm run build` again.');
  process.exit(1);
}
console.log(
  `✓ Static pages, with the hashes of their scripts: ${pages.map(({ path }) => path).join(', ') || 'none'}`,
);

function serverScripts(folder: string): string[] {
  try {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const scripts = files.filter((file) => file.endsWith('.js') && !file.includes('node_modules'));
    return scripts.map((file) => join(folder, file));
  } catch {
    return []; // Only a build for the Docker image has `standalone`.
  }
}
