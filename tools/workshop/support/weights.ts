import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Form } from '@/tools/setup/proxy/form';
import { loadProblems } from '../../../tests/support/inspect-view';
import type { Stage } from '../../../tests/support/stage';
import type { View } from '../../../tests/support/views';
import { visit } from '../../../tests/support/visit';
import { middlewareOf } from './built-middleware';

/** In bytes after gzip, level 9: the same on every machine, whatever compression a host uses. */
export interface Bytes {
  readonly script: number;
  readonly style: number;
}

/** The size of a view. */
export interface Weight extends Bytes {
  /** Scripts beyond those of Next itself. */
  readonly ownScript: number;
  readonly document: number;
  /** Problems while it loads in a wide window, the only one in which scripts may move elements. */
  readonly problems: readonly string[];
}

/** The limits of a page, in bytes after gzip. */
export const BUDGET = { ownScript: 5 * 1024, style: 10 * 1024 } as const;

/** The limits of each form of the middleware beyond an empty one, in bytes after gzip. */
const OWN_MIDDLEWARE = { middleware: 21_000, proxy: 9_700 } as const;

/** The file into which `budgets:bare` writes what an empty app loads. */
export const BARE_FILE = 'tools/workshop/support/bare-next.json';

/** The version of Next that is installed. */
export function installedNext(): string {
  return JSON.parse(readFileSync('node_modules/next/package.json', 'utf8')).version;
}

/** What Next itself loads, in a browser and for each form of an empty middleware. */
export interface BareNext extends Bytes, Readonly<Record<Form, number>> {
  /** The version of Next. */
  readonly next: string;
}

/** The recorded sizes of Next alone. */
export function bareNext(): BareNext {
  return JSON.parse(readFileSync(BARE_FILE, 'utf8'));
}

/**
 * Adds up the scripts and style sheets of a build that a browser has loaded.
 *
 * @param addresses of everything that was loaded; only files of the build count
 * @param folder of the build
 */
export function bytesOf(addresses: readonly string[], folder = '.'): Bytes {
  const files = [...new Set(addresses.map((address) => new URL(address).pathname))]
    .filter((path) => path.startsWith('/_next/static/'))
    .map((path) => join(folder, '.next', decodeURIComponent(path.slice('/_next'.length))));
  const sum = (ending: string) =>
    files
      .filter((file) => file.endsWith(ending))
      .reduce((bytes, file) => bytes + zipped(readFileSync(file)), 0);
  return { script: sum('.js'), style: sum('.css') };
}

/**
 * Adds up the files of a build that are loaded for the middleware. A host copies those of the Edge form to every
 * location, and in both forms a cold start reads them all. The hashes of static pages don't count: their number is the
 * site's.
 *
 * @param folder of the build
 * @returns bytes after gzip
 */
export function middlewareBytes(folder = '.'): number {
  const own = (file: string) => readFileSync(file, 'utf8').replace(/'sha256-[^']*' ?/g, '');
  const { files } = middlewareOf(folder);
  return files.reduce((bytes, file) => bytes + zipped(own(file)), 0);
}

/** The size of our middleware beyond an empty one of the same form, and its limit, in bytes after gzip. */
export function ownMiddleware(): { form: Form; bare: number; own: number; most: number } {
  const { form } = middlewareOf();
  const bare = bareNext()[form];
  return { form, bare, own: middlewareBytes() - bare, most: OWN_MIDDLEWARE[form] };
}

/**
 * Opens a view and measures everything that the browser loads for it, immediately or a moment later.
 *
 * @param stage from `setStage`
 * @param view which
 */
export async function weigh(stage: Stage, view: View): Promise<Weight> {
  return visit(stage, view, { viewport: { width: 1440, height: 900 } }, async (seen) => {
    const problems = await loadProblems(stage, seen);
    // Links that scroll into view may prefetch their pages.
    await seen.page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await seen.page.waitForLoadState('networkidle');
    const { script, style } = bytesOf(seen.loaded());
    const inline = await seen.page.evaluate(() =>
      [...document.querySelectorAll('style')].map((element) => element.textContent).join(''),
    );
    return {
      script,
      style: style + (inline === '' ? 0 : zipped(inline)),
      ownScript: script === 0 ? 0 : script - bareNext().script,
      document: seen.documentBytes,
      problems,
    };
  });
}

function zipped(content: string | Buffer): number {
  return gzipSync(content, { level: 9 }).length;
}
