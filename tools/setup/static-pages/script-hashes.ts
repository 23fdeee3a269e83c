import { createHash } from 'node:crypto';
import { THEME_SCRIPT } from '../../../lib/theme';

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script/gi;
/** Next's own: the names of the page's chunks, and the start of its data. */
const CHUNKS =
  /^\(globalThis\["TURBOPACK"\] \|\| \(globalThis\["TURBOPACK"\] = \[\]\)\)\.push\((\{.*\})\);$/;
const START = '(self.__next_f=self.__next_f||[]).push([0])';
const DATA = /^self\.__next_f\.push\((\[1,".*"\])\)$/s;

/** The inline scripts of a page, hashed for its policy; or the start of a script that isn't Next's. */
export type Hashed =
  | { readonly ok: true; readonly hashes: readonly string[] }
  | { readonly ok: false; readonly script: string };

/**
 * Hashes a page's inline scripts. Only Next's own are accepted, and only with the data that Next also keeps for its
 * router: a script in the page's content, from an editor or a CMS, must not become trusted because it was there when
 * the page was built. A nonce wouldn't trust it either.
 *
 * @param html as Next rendered it
 * @param data of the page, for Next's router
 */
export function hashScripts(html: string, data: string): Hashed {
  const hashes = new Set<string>();
  let rest = data;
  let chunks = 0;
  for (const [, attributes = '', text = ''] of html.matchAll(SCRIPT)) {
    if (/\ssrc=/.test(attributes) || isData(attributes)) continue;
    const pushed = DATA.exec(text)?.[1];
    const part = pushed === undefined ? undefined : stringIn(pushed);
    if (part !== undefined && rest.startsWith(part)) rest = rest.slice(part.length);
    else if (isJson(CHUNKS.exec(text)?.[1])) chunks += 1;
    else if (text !== START && text !== THEME_SCRIPT) return { ok: false, script: text };
    if (chunks > 1) return { ok: false, script: text };
    hashes.add(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  }
  return rest === '' ? { ok: true, hashes: [...hashes] } : { ok: false, script: rest };
}

/** Structured data for search engines: browsers don't run it. */
function isData(attributes: string): boolean {
  return /^\s*type="application\/(ld\+)?json"\s*$/.test(attributes);
}

function stringIn(pushed: string): string | undefined {
  const [, text]: unknown[] = parsed(pushed) ?? [];
  return typeof text === 'string' ? text : undefined;
}

function isJson(text: string | undefined): boolean {
  return text !== undefined && parsed(text) !== undefined;
}

function parsed(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
