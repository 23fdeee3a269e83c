// Every page and every state of it that somebody can meet, in one list: what is looked at for
// accessibility, what is weighed, and what has its picture taken.
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
  /** Also of its picture's file. */
  readonly name: string;
  /** A page of the site's own, with its frame; a page that stands alone; or one of the local pool's. */
  readonly kind: 'page' | 'plain' | 'pool';
  readonly who: Who;
  readonly status: number;
  readonly way: Way;
  /** What is broken at the pool meanwhile. */
  readonly fault?: { readonly path: string; readonly what: Fault };
  /** Only with its policy set aside is it what people see: there is no middleware to give a nonce. */
  readonly withoutPolicy?: true;
  /** It takes the place of what was there before, and the focus. */
  readonly replaces?: true;
}

const TOKEN = '/oauth2/token';
const DOWN = { path: TOKEN, what: { status: 500 } };
const refusal = (status: number, error: string) => ({
  path: TOKEN,
  what: { status, body: JSON.stringify({ error }) },
});
/** An instance that has never seen a key cannot tell who somebody is, nor can its middleware say so. */
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

/** All of them. */
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
 * Pages of the build that are not in the list, such as a cloner's own: as alice sees them. Those
 * with a parameter in their address are left out, for nobody knows what to put there.
 */
export async function viewsOfOtherPages(): Promise<View[]> {
  const { pages } = await routes();
  return pages
    .filter((path) => !KNOWN.includes(path) && !/[[_]/.test(path))
    .map((path) => ({ name: path, kind: 'page', who: 'alice', status: 200, way: at(path) }));
}
