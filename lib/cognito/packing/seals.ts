import { type CookieJar, sealData, unsealData } from 'iron-session';
import type { CognitoConfig } from '../protocol/cognito-config';

/**
 * The cookies of a sealed object: one, or up to four chunks of its seal, named `session.0` and so on.
 * They are those of iron-session with `chunk: true`, and it can read them. This file splits and joins
 * them itself, because `getIronSession` opens the old seal before each write, and has code for
 * frameworks that the Edge middleware would carry for nothing.
 */
export interface SealOptions {
  readonly name: string;
  readonly password: CognitoConfig['sessionSecret'];
  /** How long the seal is valid, in seconds. */
  readonly ttl: number;
}

/** Names the cookie of a whole seal, and those of its chunks. */
export function cookieNames(name: string): string[] {
  return [name, ...[0, 1, 2, 3].map((index) => `${name}.${index}`)];
}

/**
 * Opens a seal from a request's cookies. The MAC covers the whole seal, so chunks that are missing,
 * swapped or from another seal don't open.
 *
 * @param jar the request's cookies
 * @param options of the seal
 * @returns the sealed object, unverified members included; an empty one if there is no valid seal
 */
export async function openCookies<T extends object>(
  jar: CookieJar,
  { name, password, ttl }: SealOptions,
): Promise<Partial<T>> {
  const [whole, ...chunks] = cookieNames(name).map((each) => jar.read(each));
  const end = chunks.findIndex((chunk) => !chunk);
  const seal = whole || chunks.slice(0, end < 0 ? undefined : end).join('');
  const opened = seal === '' ? {} : await unsealData<Partial<T>>(seal, { password, ttl });
  return typeof opened === 'object' ? opened : {};
}

/** What browsers limit: the bytes of name, value and attributes (RFC 6265, section 6.1). */
const MAX_COOKIE = 4096;
/** `=`, and the attributes that all our cookies have, with a `Max-Age` of ten digits. */
const ATTRIBUTES = '=; Max-Age=1234567890; Path=/; HttpOnly; Secure; SameSite=Lax'.length;
/** A browser deletes the cookie this many seconds before the seal expires. */
const SKEW = 60;

/**
 * Seals an object into cookies, and deletes those of the previous seal that are left over.
 *
 * @param jar the request's cookies
 * @param options of the seal
 * @param content plain JSON values. The caller limits its size
 */
export async function sealCookies(
  jar: CookieJar,
  { name, password, ttl }: SealOptions,
  content: object,
): Promise<void> {
  const seal = await sealData(content, { password, ttl });
  const [whole = name, ...chunkNames] = cookieNames(name);
  const room = MAX_COOKIE - ATTRIBUTES - `${name}.0`.length;
  const fits = seal.length <= room + '.0'.length;
  const maxAge = ttl > SKEW ? ttl - SKEW : ttl;
  const names = fits ? [whole] : chunkNames.slice(0, Math.ceil(seal.length / room));
  for (const [index, each] of names.entries()) {
    const value = fits ? seal : seal.slice(index * room, (index + 1) * room);
    jar.write(each, value, { maxAge });
  }
  deleteCookies(jar, name, names);
}

/**
 * Deletes the cookies of a seal that a request has.
 *
 * @param jar the request's cookies
 * @param name of the cookie, without a chunk's number
 * @param keep names to keep
 */
export function deleteCookies(jar: CookieJar, name: string, keep: readonly string[] = []): void {
  for (const each of cookieNames(name)) {
    if (jar.read(each) && !keep.includes(each)) jar.write(each, '', { maxAge: 0 });
  }
}

/** The constant parts of a seal. A state leaves them out. */
const START = 'Fe26.2*';
const END = '~2';

/**
 * Seals fields into text for the `state` parameter. It has only characters that no URL has to escape, because Cognito
 * has mangled others: https://github.com/awslabs/cognito-at-edge/issues/61
 *
 * @param fields what to seal, as JSON
 * @param password the session secret
 * @returns about 240 characters, and 4 for each 3 bytes of the fields
 */
export async function sealState(
  fields: readonly unknown[],
  password: CognitoConfig['sessionSecret'],
): Promise<string> {
  const seal = await sealData(fields, { password, ttl: 0 });
  return seal.slice(START.length, -END.length).replaceAll('*', '.');
}

/**
 * Opens a state from `sealState`. It never expires: the fields must contain a time if it should.
 *
 * @param state untrusted text
 * @param password the session secret
 * @returns the fields; none for anything that `sealState` didn't return
 */
export async function openState(
  state: string,
  password: CognitoConfig['sessionSecret'],
): Promise<unknown[]> {
  const seal = `${START}${state.replaceAll('.', '*')}${END}`;
  const fields = await unsealData<unknown>(seal, { password, ttl: 0 });
  // iron-session copies an array into an object with the same numbered members.
  return typeof fields === 'object' && fields !== null ? Object.values(fields) : [];
}
