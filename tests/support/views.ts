// The list of all pages in all states that a visitor can see. Tests check their accessibility and
// measure their size, and the screenshots are taken of them.
import type { Fault } from '@/lib/local-pool/src/faults';
import { routes } from './built-site';
import type { Who } from './stage';
import {
  almostOver,
  at,
  atOther,
  atPool,
  callback,
  foreignForm,
  hostedUi,
  signedOutElsewhere,
  signInTooLarge,
  signInTooOld,
  signInWithClock,
  signOutEverywhere,
  type Way,
} from './ways';

/** A page in one state. */
export interface View {
  /** Also the name of its screenshot. */
  readonly name: string;
  /** A page with the site's layout, a plain page without it, or a page of the local pool. */
  readonly kind: 'page' | 'plain' | 'pool';
  readonly who: Who;
  readonly status: number;
  readonly way: Way;
  /** The endpoint of the pool that fails while the view is open. */
  readonly fault?: { readonly path: string; readonly what: Fault };
  /** Ignores the policy. Needed without the middleware: scripts have no nonce, so they wouldn't run. */
  readonly withoutPolicy?: true;
  /** It replaces another page in the same document and takes the focus. */
  readonly replaces?: true;
}

const TOKEN = '/oauth2/token';
const DOWN = { path: TOKEN, what: { status: 500 } };
const refusal = (status: number, error: string) => ({
  path: TOKEN,
  what: { status, body: JSON.stringify({ error }) },
});
/** Without keys, an instance that has never fetched any can't verify a session. */
const NO_KEYS = { path: '/us-east-1_LocalPool/.well-known/jwks.json', what: { status: 500 } };

const PAGES: readonly Omit<View, 'kind'>[] = [
  { name: 'landing-signed-out', who: 'nobody', status: 200, way: at('/') },
  { name: 'landing-signed-in', who: 'alice', status: 200, way: at('/') },
  { name: 'landing-cannot-tell', who: 'expired', status: 200, way: at('/'), fault: DOWN },
  { name: 'flow-signed-out', who: 'nobody', status: 200, way: at('/flow') }, // demo
  { name: 'flow-signed-in', who: 'alice', status: 200, way: at('/flow') }, // demo
  { name: 'flow-refreshed', who: 'refreshed', status: 200, way: at('/flow') }, // demo
  { name: 'flow-cannot-tell', who: 'expired', status: 200, way: at('/flow'), fault: DOWN }, // demo
  { name: 'source', who: 'nobody', status: 200, way: at('/source') }, // demo
  { name: 'account-alice', who: 'alice', status: 200, way: at('/account') },
  { name: 'account-bob', who: 'bob', status: 200, way: at('/account') },
  { name: 'profile-alice', who: 'alice', status: 200, way: at('/profile') },
  { name: 'profile-bob', who: 'bob', status: 200, way: at('/profile') },
  { name: 'profile-refreshed', who: 'refreshed', status: 200, way: at('/profile') },
  { name: 'session-ending', who: 'nobody', status: 200, way: almostOver },
  { name: 'session-over', who: 'nobody', status: 200, way: signedOutElsewhere, replaces: true },
  { name: 'admin-alice', who: 'alice', status: 200, way: at('/admin') },
  { name: 'admin-bob', who: 'bob', status: 403, way: at('/admin') },
  { name: 'sensitive', who: 'alice', status: 200, way: at('/sensitive') },
  { name: 'not-found', who: 'alice', status: 404, way: at('/nothing-here') },
  {
    name: 'unauthorized',
    who: 'nobody',
    status: 401,
    way: atOther('unguarded', '/profile'),
    withoutPolicy: true,
  },
];

const PLAIN: readonly Omit<View, 'kind'>[] = [
  { name: 'sign-out', who: 'alice', status: 200, way: at('/logout') },
  {
    name: 'still-signed-in',
    who: 'alice',
    status: 503,
    way: signOutEverywhere,
    // GlobalSignOut.
    fault: { path: '/', what: { status: 500 } },
  },
  { name: 'foreign-form', who: 'nobody', status: 403, way: foreignForm },
  { name: 'cannot-tell', who: 'expired', status: 503, way: at('/profile'), fault: DOWN },
  { name: 'stale-attempt', who: 'nobody', status: 400, way: at('/login?code=c&state=s') },
  { name: 'declined', who: 'nobody', status: 400, way: callback({ error: 'access_denied' }) },
  {
    name: 'cancelled',
    who: 'nobody',
    status: 400,
    way: callback({ error: 'user_cancelled_authorize' }),
  },
  { name: 'refused', who: 'nobody', status: 400, way: callback({ error: 'invalid_request' }) },
  {
    name: 'used-code',
    who: 'nobody',
    status: 400,
    way: callback({ code: 'c' }),
    fault: refusal(400, 'invalid_grant'),
  },
  {
    name: 'client-rejected',
    who: 'nobody',
    status: 503,
    way: callback({ code: 'c' }),
    fault: refusal(401, 'invalid_client'),
  },
  { name: 'unreachable', who: 'nobody', status: 503, way: callback({ code: 'c' }), fault: DOWN },
  { name: 'clock-wrong', who: 'nobody', status: 503, way: signInWithClock(1000) },
  { name: 'sign-in-too-old', who: 'nobody', status: 403, way: signInTooOld },
  { name: 'too-large', who: 'nobody', status: 431, way: signInTooLarge },
  { name: 'first-deploy', who: 'nobody', status: 503, way: atOther('blank', '/') },
  { name: 'misconfigured', who: 'nobody', status: 503, way: atOther('wrong', '/') },
  {
    name: 'server-error',
    who: 'alice',
    status: 500,
    way: atOther('unguarded', '/profile'),
    fault: NO_KEYS,
    withoutPolicy: true,
  },
];

const POOL: readonly Omit<View, 'kind'>[] = [
  { name: 'pool-sign-in', who: 'nobody', status: 200, way: hostedUi() },
  { name: 'pool-sign-up', who: 'nobody', status: 200, way: hostedUi('/signup') },
  { name: 'pool-forgotten', who: 'nobody', status: 200, way: hostedUi('/forgotPassword') },
  { name: 'pool-control', who: 'nobody', status: 200, way: atPool('/local-control') },
  { name: 'pool-outbox', who: 'nobody', status: 200, way: atPool('/local-outbox') },
];

/** All views. */
export const VIEWS: readonly View[] = [
  ...PAGES.map((view) => ({ ...view, kind: 'page' as const })),
  ...PLAIN.map((view) => ({ ...view, kind: 'plain' as const })),
  ...POOL.map((view) => ({ ...view, kind: 'pool' as const })),
];

/** The paths of the pages above. */
const KNOWN = [
  '/',
  '/flow', // demo
  '/source', // demo
  '/profile',
  '/admin',
  '/sensitive',
  '/forbidden',
];

/**
 * The pages of the build that are not in the list, such as your own, as alice sees them. Pages with
 * a parameter in their path are left out, because valid values for it are unknown.
 */
export async function viewsOfOtherPages(): Promise<View[]> {
  const { pages } = await routes();
  return pages
    .filter((path) => !KNOWN.includes(path) && !/[[_]/.test(path))
    .map((path) => ({ name: path, kind: 'page', who: 'alice', status: 200, way: at(path) }));
}
