import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn } from './pages';

/** What became of the copy of `instrumentation.ts` in the Edge middleware; undefined if there is none. */
export type Outcome = 'left out' | 'kept' | undefined;

const MANIFEST = 'middleware-manifest.json';

/** The only beginning of `instrumentation.ts` after which it does nothing on Edge: no import, and an early return. */
const BEGINNING =
  /^(\/\*\*.*\*\/\n)?export async function register\(\): Promise<void> \{\n {2}if \(process\.env\.NEXT_RUNTIME !== 'nodejs'\) return;\n/;

/**
 * Tells whether `instrumentation.ts` does nothing on Edge. It must have the form in which this project has it, so that
 * no parser is needed.
 *
 * @param text the file's
 */
export function doesNothingOnEdge(text: string): boolean {
  const [beginning] = BEGINNING.exec(text) ?? [];
  if (beginning === undefined) return false;
  // What follows is the rest of the function: until its brace, each line is indented or empty.
  return /^((?: .*)?\n)*\}\n$/.test(text.slice(beginning.length));
}

/**
 * Takes the copy of `instrumentation.ts` off the list of files that a build's Edge middleware starts with, if it does
 * nothing there. Next adds it to the list: it is a bundle with a loader of its own, 4 kB after gzip.
 *
 * Next writes a list of each of the two, and a third one in which they are joined. If that isn't so, nothing changes.
 *
 * @param folder of the build
 * @param source the text of `instrumentation.ts`; undefined if there is none
 */
export function leaveOutInstrumentation(folder: string, source: string | undefined): Outcome {
  const copy = listIn(join(folder, 'server/instrumentation', MANIFEST), 'instrumentation');
  const main = join(folder, 'server', MANIFEST);
  // A proxy has no Edge bundle, though Next makes one of instrumentation.ts.
  if (copy.length === 0 || listIn(main, 'middleware').length === 0) return undefined;
  const own = listIn(join(folder, 'server/middleware', MANIFEST), 'middleware');
  if (own.length === 0 || source === undefined || !doesNothingOnEdge(source)) return 'kept';
  const joined = JSON.stringify([...copy, ...own]);
  const manifests = [
    main,
    // Of the image, with the project's folder if that isn't the root.
    ...filesIn(join(folder, 'standalone'), join('.next', 'server', MANIFEST)),
  ];
  const lists = manifests.map((file) => JSON.stringify(listIn(file, 'middleware')));
  // A second run for the same build.
  if (lists.every((list) => list === JSON.stringify(own))) return 'left out';
  if (lists.some((list) => list !== joined)) return 'kept';
  for (const file of manifests) {
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    manifest.middleware['/'].files = own;
    writeFileSync(file, JSON.stringify(manifest, null, 2));
  }
  return 'left out';
}

/** The files that a manifest lists for the middleware of all paths, or for the instrumentation; empty if it lists none. */
function listIn(file: string, kind: 'middleware' | 'instrumentation'): unknown[] {
  if (!existsSync(file)) return [];
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const entry = kind === 'middleware' ? manifest?.middleware?.['/'] : manifest?.instrumentation;
  return Array.isArray(entry?.files) ? entry.files : [];
}
