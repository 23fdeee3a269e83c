import type { CookieJar } from 'iron-session';
import { base64url } from 'jose';
import { fromSealed, plainForm } from '../packing/pack';
import type { CognitoConfig } from '../protocol/cognito-config';
import type { Session } from '../session/session';
import { sessionCookies } from './session-cache';

/**
 * The request header in which the middleware hands a session that it has just opened to the page of the
 * same request, which then doesn't have to open the seal again. On most hosts they are separate processes.
 *
 * It proves nothing that the cookies don't: the page still verifies both tokens, and checks lifetime,
 * sign-out and idle time. So even a leaked secret can't forge a user this way.
 * See docs/decisions/0018.
 */
export const HANDED = 'x-opened-session';

/** How long a page accepts it, in seconds, by its own clock. */
const VALID_SECONDS = 10;
/** In characters, about. Hosts limit headers; the page opens a larger session itself. */
const MAX_HANDED = 8000;
/** The IV of AES-GCM, in bytes (NIST SP 800-38D, section 8.2.2). */
const IV_BYTES = 12;

/** Hands opened sessions from the middleware to pages. */
export interface HandOver {
  /**
   * Encrypts a session for `HANDED`. Returns an empty text if it is too large, or if this process has
   * handed over the same object before: then the page's process has probably seen it.
   */
  readonly give: (jar: CookieJar, session: Session) => Promise<string>;
  /** Decrypts it. Returns null for anything that `give` didn't return for these cookies just now. */
  readonly take: (jar: CookieJar, handed?: string | null) => Promise<Session | null>;
}

/**
 * Creates the hand-over of a site. The text is encrypted with AES-256-GCM. Its key comes from the secret,
 * the user pool, the app client and the origin; the cookies and the time are authenticated with it.
 *
 * @param config the secret, and the cookies' name
 * @param now a clock, in seconds since 1970
 */
export function createHandOver(config: CognitoConfig, now: () => number): HandOver {
  const names = sessionCookies(config);
  const given = new WeakSet<Session>();
  let key: Promise<CryptoKey> | undefined;

  function cipher(jar: CookieJar, time: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
    const texts = [time, ...names.map((name) => jar.read(name) ?? '')];
    const additionalData = encode(JSON.stringify(texts));
    return { name: 'AES-GCM', iv, additionalData };
  }

  return {
    async give(jar, session) {
      if (given.has(session)) return '';
      given.add(session);
      const { idToken, accessToken, refreshToken } = session;
      const sealed = plainForm(session, [idToken, accessToken, refreshToken, '']);
      const text = encode(JSON.stringify(sealed));
      if (text.length * 4 > MAX_HANDED * 3) return '';
      key ??= deriveKey(config);
      const time = String(Math.floor(now()));
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const bytes = await crypto.subtle.encrypt(cipher(jar, time, iv), await key, text);
      return [time, base64url.encode(iv), base64url.encode(new Uint8Array(bytes))].join('.');
    },
    async take(jar, handed) {
      const [time = '', iv = '', sealed = ''] = handed?.split('.') ?? [];
      if (!(Math.abs(now() - Number(time)) <= VALID_SECONDS)) return null;
      try {
        const parameters = cipher(jar, time, decode(iv));
        const bytes = decode(sealed);
        key ??= deriveKey(config);
        const text = await crypto.subtle.decrypt(parameters, await key, bytes);
        return fromSealed(JSON.parse(new TextDecoder().decode(text)));
      } catch {
        return null;
      }
    },
  };
}

async function deriveKey({ sessionSecret, issuer, clientId, origin }: CognitoConfig) {
  const secret = encode(JSON.stringify(sessionSecret));
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const info = encode(JSON.stringify(['opened session', issuer, clientId, origin]));
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
  const usages: KeyUsage[] = ['encrypt', 'decrypt'];
  return crypto.subtle.deriveKey(parameters, base, { name: 'AES-GCM', length: 256 }, false, usages);
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function decode(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(base64url.decode(text));
}
