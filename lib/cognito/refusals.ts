import type { Misconfigured } from './get-site';
import { logDenied, logEvent } from './logging';
import type { CognitoError } from './protocol/errors';
import { signInUrl } from './protocol/sign-in';
import { ownAddress, type RequestContext, type SiteContext } from './request-context';
import type { RequestKind } from './request-kind';
import * as responses from './responses';
import { againPath, headStart } from './session/lost-refresh-race';
import { refererPath } from './session/return-to';
import type { Session } from './session/session';

/** Why a request does not get what it asked for, and what the answer needs to know about it. */
interface Reasons {
  /** Nobody is signed in, or not recently enough: `maxAge` is how long ago it may have been, in seconds. */
  'signed-out': { readonly maxAge?: number };
  /** The session's refresh token was refused: it has ended, or another instance refreshed it just now. */
  ended: { readonly session: Session };
  unavailable: { readonly error: CognitoError };
}

/** The answers to one kind of request, by reason. */
type AnswerByReason = {
  readonly [Why in keyof Reasons]: (
    context: SiteContext,
    reason: Reasons[Why],
  ) => Response | Promise<Response>;
};

interface Answers extends AnswerByReason {
  readonly misconfigured: (context: RequestContext, site: Misconfigured) => Response;
}

/** The table: one line for each kind of request, one column for each reason. */
const ANSWERS: Readonly<Record<RequestKind, Answers>> = {
  document: {
    'signed-out': goToHostedUi,
    ended: askAgain,
    unavailable: unavailablePage,
    misconfigured: setUpPage,
  },
  'document-head': {
    'signed-out': goToLogin,
    ended: (context) => goToLogin(context, {}),
    unavailable: unavailablePage,
    misconfigured: setUpPage,
  },
  router: {
    'signed-out': responses.reloadDocument,
    ended: responses.reloadDocument,
    unavailable: responses.reloadDocument,
    misconfigured: responses.reloadDocument,
  },
  form: {
    'signed-out': goToLogin,
    ended: askAgain,
    unavailable: unavailablePage,
    misconfigured: setUpPage,
  },
  fetch: {
    'signed-out': unauthorized,
    ended: unauthorizedYet,
    unavailable: (_, { error }) => responses.unavailableJson(error),
    misconfigured: responses.setUpJson,
  },
};

/**
 * Answers a request that does not get what it asked for.
 *
 * @param context the request
 * @param why the column of the table
 * @param reason its details
 */
export async function refuse<Why extends keyof Reasons>(
  context: SiteContext,
  why: Why,
  reason: Reasons[Why],
): Promise<Response> {
  const answers: AnswerByReason = ANSWERS[context.kind];
  return answers[why](context, reason);
}

/**
 * Answers a request to a site whose environment is wrong.
 *
 * @param context the request
 * @param site what is wrong
 */
export function refuseMisconfigured(context: RequestContext, site: Misconfigured): Response {
  return ANSWERS[context.kind].misconfigured(context, site);
}

/** 307 to the hosted UI, with a cookie for this attempt. */
async function goToHostedUi(context: SiteContext, reason: { maxAge?: number }): Promise<Response> {
  const { config, attempts } = context.site;
  // A preview's state is sealed, by code that the middleware need not carry.
  if (config.preview?.role === 'preview') return goToLogin(context, reason);
  const purpose = { ...reason, returnTo: ownAddress(context) };
  const attempt = await attempts.start(context.jar, purpose);
  logEvent({ type: 'signIn.started' }, context.page.reference);
  return responses.redirectTo(await signInUrl(config, attempt), 307);
}

/** To `/login` without a cookie, and from there back to this page or that of the form. */
function goToLogin(context: SiteContext, reason: { maxAge?: number }): Response {
  const { path, status } = target(context);
  const query = new URLSearchParams({ returnTo: path });
  if (reason.maxAge !== undefined) query.set('max_age', String(reason.maxAge));
  return responses.redirectTo(`${context.site.config.origin}/login?${query}`, status);
}

/** To this page or that of the form once more: by then the browser may have a newer session. */
async function askAgain(context: SiteContext, { session }: Reasons['ended']): Promise<Response> {
  const { client, config, refresher } = context.site;
  const { path, status } = target(context);
  await client.wait(headStart(refresher.rotates()));
  return responses.redirectTo(`${config.origin}${await againPath(path, session)}`, status);
}

function unavailablePage(context: SiteContext, { error }: Reasons['unavailable']): Response {
  return responses.unavailablePage(error, context.page, target(context).path);
}

/** A form's body must not be sent again, so its person goes back to the page that it was on. */
function target(context: SiteContext): { path: string; status: 303 | 307 } {
  if (context.kind !== 'form') return { path: ownAddress(context), status: 307 };
  const referer = context.request.headers.get('referer');
  return { path: refererPath(referer, context.site.config.origin), status: 303 };
}

function unauthorized({ page }: SiteContext, { maxAge }: { maxAge?: number }): Response {
  if (maxAge === undefined) {
    return logDenied(responses.unauthorized(), 'not signed in', page.reference);
  }
  return logDenied(responses.signInTooOld(maxAge), 'signed in too long ago', page.reference);
}

function unauthorizedYet({ page }: SiteContext): Response {
  return logDenied(responses.unauthorizedYet(), 'the session is over', page.reference);
}

function setUpPage({ page }: RequestContext, site: Misconfigured): Response {
  return responses.setUpPage(site, page);
}
