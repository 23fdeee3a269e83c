import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOf, middlewareBytes } from '../support/weights';
import { ask, type Target } from './load';
import { scriptsOf } from './page-scripts';

const FORMS = ['middleware.ts', 'proxy.ts'];

/** The sizes of what goes over the wire or into a function's package, in bytes. */
export interface Weights {
  /** The size of the `Cookie` header's value, and the number of cookies in it. */
  readonly cookie: number;
  readonly cookies: number;
  /** Name and value of the largest cookie: browsers may drop one over 4,096 bytes (RFC 6265, 6.1). */
  readonly largestCookie: number;
  /** All `Set-Cookie` headers of the private page, for a session that needs no refresh. */
  readonly setCookie: number;
  /** The middleware's files, after gzip; 0 without middleware. */
  readonly middleware: number;
  /** The scripts that the private page loads, after gzip. */
  readonly script: number;
}

/**
 * Measures the sizes of a running app.
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
    // The equals sign between name and value does not count.
    largestCookie: Math.max(...each) - 1,
    setCookie: setCookies.reduce((sum, line) => sum + Buffer.byteLength(line), 0),
    middleware: FORMS.some((file) => existsSync(join(folder, file))) ? middlewareBytes(folder) : 0,
    script: bytesOf(scriptsOf(body, target.origin), folder).script,
  };
}
