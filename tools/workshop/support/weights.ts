import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Form } from '@/tools/setup/proxy/form';
import { loadProblems } from '../../../tests/support/inspect-view';
import type { Stage } from '../../../tests/support/stage';
import type { View } from '../../../tests/support/views';
import { visit } from '../../../tests/support/visit';
import { middlewareOf } from './built-middleware';

/** In bytes after gzip, level 9: the same on every machine, whatever a host compresses with. */
export interface Bytes {
  readonly script: number;
  readonly style: number;
}

/** What a view costs. */
export interface Weight extends Bytes {
  /** Scripts beyond those of Next itself. */
  readonly ownScript: number;
  readonly document: number;
  /** What is wrong with how it comes in a wide window: scripts may move things in that one only. */
  readonly problems: readonly string[];
}

/** What a page may cost, in bytes after gzip. */
export const BUDGET = { ownScript: 5 * 1024, style: 10 * 1024 } as const;

/** What each form of the middleware may have beyond one that does nothing, in bytes after gzip. */
const OWN_MIDDLEWARE = { middleware: 35_200, proxy: 33_100 } as const;

/** Where budgets:bare, a command of the workshop, writes what an app with nothing in it loads. */
export const BARE_FILE = 'tools/workshop/support/bare-next.json';

/** The version of Next that is installed. */
export function installedNext(): string {
  return JSON.parse(readFileSync('node_modules/next/package.json', 'utf8')).version;
}

/** What Next itself loads, in a browser and for each form of a middleware that does nothing. */
export interface BareNext extends Bytes, Readonly<Record<Form, number>> {
  /** In this version. */
  readonly next: string;
}

/** What was weighed of Next alone. */
export function bareNext(): BareNext {
  return JSON.parse(readFileSync(BARE_FILE, 'utf8'));
}

/**
 * Adds up the scripts and the style sheets of a build that a browser has loaded.
 *
 * @param addresses of everything that was loaded; what is no file of a build is left out
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
 * Adds up the files of a build that are loaded for the middleware: a host takes those of the Edge form to
 * every place where it runs, and a cold start reads them all, in either form.
 *
 * @param folder of the build
 * @returns bytes after gzip
 */
export function middlewareBytes(folder = '.'): number {
  const { files } = middlewareOf(folder);
  return files.reduce((bytes, file) => bytes + zipped(readFileSync(file)), 0);
}

/** What our middleware has beyond one of its form that does nothing, and may have: bytes after gzip. */
export function ownMiddleware(): { form: Form; bare: number; own: number; most: number } {
  const { form } = middlewareOf();
  const bare = bareNext()[form];
  return { form, bare, own: middlewareBytes() - bare, most: OWN_MIDDLEWARE[form] };
}

/**
 * Opens a view and weighs everything that the browser loads for it, at once or a moment later.
 *
 * @param stage from `setStage`
 * @param view which
 */
export async function weigh(stage: Stage, view: View): Promise<Weight> {
  return visit(stage, view, { viewport: { width: 1440, height: 900 } }, async (seen) => {
    const problems = await loadProblems(stage, seen);
    // What is scrolled into sight may fetch what is behind its links.
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
