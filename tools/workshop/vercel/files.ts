import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

/** What serves a path. */
export type Found =
  | { readonly kind: 'file'; readonly file: string; readonly type: string }
  | { readonly kind: 'function'; readonly name: string; readonly group: Group }
  | {
      readonly kind: 'prerender';
      readonly name: string;
      readonly file: string;
      readonly headers: Record<string, string>;
    };

/** Vercel puts pages into one function and route handlers into another, if they fit. */
export type Group = 'page' | 'api';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'application/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.rsc': 'text/x-component',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Finds what the output of a build has for a path: a static file, a page that the build rendered, or a function.
 *
 * @param output the folder with `config.json`
 * @param path of a request or of a route's destination, with or without a query
 */
export function findIn(output: string, path: string): Found | undefined {
  const name = nameOf(path);
  if (name === undefined) return undefined;
  const file = [name, `${name}.html`]
    .map((each) => join(output, 'static', each))
    .find((each) => existsSync(each) && statSync(each).isFile());
  if (file) return { kind: 'file', file, type: TYPES[extname(file)] ?? 'application/octet-stream' };
  const folder = join(output, 'functions', `${name}.func`);
  const config = join(folder, '.vc-config.json');
  if (!existsSync(config)) return undefined;
  const prerender = join(output, 'functions', `${name}.prerender-config.json`);
  if (existsSync(prerender)) {
    const { fallback, initialHeaders = {} } = readJson(prerender);
    if (fallback) {
      const at = join(prerender, '..', fallback);
      return { kind: 'prerender', name, file: at, headers: initialHeaders };
    }
  }
  const { operationType } = readJson(config);
  return { kind: 'function', name, group: operationType === 'PAGE' ? 'page' : 'api' };
}

function nameOf(path: string): string | undefined {
  try {
    const decoded = decodeURIComponent(path.split('?')[0] ?? '').replace(/^\/|\/$/g, '');
    return decoded.split('/').includes('..') ? undefined : decoded || 'index';
  } catch {
    return undefined;
  }
}

/** @throws SyntaxError or an error of the file system: then this isn't the output of a build */
export function readJson(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
