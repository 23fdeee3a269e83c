import { createHash } from 'node:crypto';
import { sealData, unsealData } from 'iron-session';
import { cookies } from 'next/headers';
import { getSite } from '@/lib/cognito';

/** A form that couldn't be saved: what the user typed, and what is wrong with it. */
export interface KeptForm {
  /** The page with the form. */
  readonly path: string;
  /** Who typed it, from the form's own hidden field: `ownerTag`. */
  readonly owner: string;
  readonly values: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
}

/** Long enough to sign in, with a second factor. In seconds. */
const LIFETIME = 900;
/** For how long a form can be kept, in seconds. The browser deletes its cookie earlier. */
const LONGEST_LIFETIME = 86_400;
/** Browsers drop a cookie of more than 4,096 bytes, with its name and attributes. */
const LONGEST = 3900;

/**
 * Keeps a form for the page that the browser is redirected to, in an encrypted cookie for that page and those below it.
 * For route handlers. Works without JavaScript, also if the session has ended.
 *
 * @param form what to keep
 * @param lifetime in seconds
 * @returns false if it is too long for a cookie
 */
export async function keepForm(form: KeptForm, lifetime = LIFETIME): Promise<boolean> {
  const site = getSite();
  if (!site.ok) return false;
  const value = await sealData(form, { password: passwords(site.config), ttl: lifetime });
  if (value.length > LONGEST) return false;
  const { secure } = site.config;
  const attributes = { httpOnly: true, secure, sameSite: 'lax' as const, maxAge: lifetime };
  (await cookies()).set(cookieOf(form.path), value, { ...attributes, path: form.path });
  return true;
}

/**
 * The form that was kept for this page and this user.
 *
 * @param path of the page
 * @param sub of the signed-in user
 * @returns undefined if there is none, or if another user typed it
 */
export async function keptForm(path: string, sub: string): Promise<KeptForm | undefined> {
  const site = getSite();
  const value = (await cookies()).get(cookieOf(path))?.value;
  if (!site.ok || !value) return undefined;
  const password = passwords(site.config);
  const kept = parse(await unsealData<unknown>(value, { password, ttl: LONGEST_LIFETIME }));
  return kept?.path === path && kept.owner === ownerTag(sub) ? kept : undefined;
}

/**
 * Forgets a form, once it has been saved.
 *
 * @param path of the page
 */
export async function forgetForm(path: string): Promise<void> {
  (await cookies()).set(cookieOf(path), '', { path, maxAge: 0 });
}

/**
 * Tells users of one browser apart without naming them.
 *
 * @param sub the claim, too random to be guessed from the tag
 */
export function ownerTag(sub: string): string {
  return createHash('sha256').update(`form:${sub}`).digest('hex').slice(0, 16);
}

/** A name for each page: a browser also sends the cookie of `/account` to `/account/email`. */
function cookieOf(path: string): string {
  return `kept-form${path.replace(/[^a-z0-9]+/gi, '-')}`;
}

/** Other passwords than those of the session: a sealed form must never pass for anything else. */
function passwords({ sessionSecret }: { sessionSecret: string | Record<string, string> }) {
  const own = (secret: string) => `kept-form:${secret}`;
  if (typeof sessionSecret === 'string') return own(sessionSecret);
  const all = Object.entries(sessionSecret).map(([id, secret]) => [id, own(secret)] as const);
  return Object.fromEntries(all);
}

function parse(value: unknown): KeptForm | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { path, owner, values, errors } = value as { [name: string]: unknown };
  if (typeof path !== 'string' || typeof owner !== 'string') return undefined;
  if (!isTexts(values) || !isTexts(errors)) return undefined;
  return { path, owner, values, errors };
}

function isTexts(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((each) => typeof each === 'string');
}
