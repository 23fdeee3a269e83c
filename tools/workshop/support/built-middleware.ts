import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Form } from '@/tools/setup/proxy/form';

/** The middleware of a build. */
export interface BuiltMiddleware {
  readonly form: Form;
  /** The paths of all files that are loaded for it. */
  readonly files: readonly string[];
}

/**
 * Finds the middleware of a build, in either form.
 *
 * @param folder of the build
 * @throws Error if it has none
 */
export function middlewareOf(folder = '.'): BuiltMiddleware {
  const build = join(folder, '.next');
  const manifest: { middleware: Record<string, { files: string[] } | undefined> } = JSON.parse(
    readFileSync(join(build, 'server/middleware-manifest.json'), 'utf8'),
  );
  const edge = manifest.middleware['/']?.files ?? [];
  if (edge.length > 0) {
    return { form: 'middleware', files: edge.map((file) => join(build, file)) };
  }
  const entry = join(build, 'server/middleware.js');
  if (!existsSync(entry)) throw new Error(`${build} has no middleware.`);
  return { form: 'proxy', files: [entry, ...loadedBy(build, entry)] };
}

/**
 * The files that contain only the middleware's code, so that a call from one of them comes from the
 * middleware.
 */
export function ownFiles(): string[] {
  const { form, files } = middlewareOf();
  if (form === 'middleware') return [...files];
  const build = '.next';
  const app = join(build, 'server/app');
  const entries = readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|[\\/])(route|page)\.js$/.test(file))
    .map((file) => join(app, file));
  const shared = new Set(entries.flatMap((entry) => loadedBy(build, entry)));
  return files.filter((file) => !shared.has(file));
}

/** The chunks that a Node entry loads at startup, including Turbopack's own loader. */
function loadedBy(build: string, entry: string): string[] {
  const text = readFileSync(entry, 'utf8');
  const pieces = [...text.matchAll(/\bR\.c\("([^"]+)"\)/g)].map(([, file = '']) => file);
  const [, loader = ''] = /require\("(?:\.\.?\/)+(chunks\/[^"]+)"\)/.exec(text) ?? [];
  if (pieces.length === 0 || loader === '') {
    throw new Error(
      `${entry} has an unexpected format. Update tools/workshop/support/built-middleware.ts.`,
    );
  }
  return [join(build, 'server', loader), ...pieces.map((file) => join(build, file))];
}
