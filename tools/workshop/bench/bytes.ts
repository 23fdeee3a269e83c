import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOf, middlewareBytes } from '../support/weights';
import { ask, type Target } from './load';
import { scriptsOf } from './page-scripts';

const FORMS = ['middleware.ts', 'proxy.ts'];

/** What goes over the wire or into a function's package, in bytes. */
export interface Weights {
  /** The `Cookie` header's value, and how many cookies are in it. */
  readonly cookie: number;
  readonly cookies: number;
  /** Of the largest one, name and value: a browser keeps none over 4,096 bytes (RFC 6265, 6.1). */
  readonly largestCookie: number;
  /** All `Set-Cookie` lines of the private page, to somebody whose session is fresh. */
  readonly setCookie: number;
  /** The middleware's files after gzip; 0 without middleware. */
  readonly middleware: number;
  /** The scripts that the private page loads, after gzip. */
  readonly script: number;
}

/**
 * Weighs an app that runs.
 *
 * @param target its private page, with one session
 * @param folder of its build
 */
export async function weigh(target: Target, folder: string): Promise<Weights> {
  const [session = ''] = target.cookies;
  const { setCookies, body } = await ask(target, session);
  const each = session.split('; ').map((pair) => Buffer.byteLength(pair));
  return {
    cookie: Buffer.byteLength(session),
    cookies: each.length,
    // The sign between name and value does not count.
    largestCookie: Math.max(...each) - 1,
    setCookie: setCookies.reduce((sum, line) => sum + Buffer.byteLength(line), 0),
    middleware: FORMS.some((file) => existsSync(join(folder, file))) ? middlewareBytes(folder) : 0,
    script: bytesOf(scriptsOf(body, target.origin), folder).script,
  };
}
