import { FORBIDDEN, NOT_CONFIGURED } from './access/routes';
import { isOtherHost } from './config/values';
import { FOREIGN, logDenied, logEvent } from './logging';
import type { CognitoError } from './protocol/errors';
import { signInUrl } from './protocol/sign-in';
import { ownAddress, type RequestContext, rewriteTo, type SiteContext } from './request-context';
import type { RequestKind } from './request-kind';
import * as responses from './responses';
import { againPath, headStart } from './session/lost-refresh-race';
import { refererPath } from './session/return-to';
import type { Session } from './session/session';

/** Why a request is refused, and the details that its response needs. */
interface Reasons {
  /** Not signed in, or not recently enough: `maxAge` is the sign-in's maximum age in seconds. */
  'signed-out': { readonly maxAge?: number };
  /**
   * The refresh token was refused: the session has ended, or another instance just refreshed it.
   */
  ended: { readonly session: Session };
  /** The session can't be verified or refreshed right now. */
  unavailable: { readonly error: CognitoError };
  /** The user isn't in the group that the page requires. */
  group: { readonly group: string };
  /** Another site made the request, with the visitor's session. */
  forged: object;
}

/** The responses to one kind of request, by reason. */
type AnswerByReason = {
  readonly [Why in keyof Reasons]: (
    context: SiteContext,
    reason: Reasons[Why],
  ) => Response | Promise<Response>;
};

interface Answers extends AnswerByReason {
  readonly misconfigured: (context: RequestContext) => Response;
}

/** What a reader sees: a page, or for the client of a Server Action the text of that page. */
const IN_WORDS: Omit<Answers, 'signed-out' | 'ended'> = {
  unavailable: (context, { error }) =>
    responses.refusal(context, error.code, 503, target(context).path, error.retryAfter),
  group: (context, reason) =>
    rewriteTo(context, `${FORBIDDEN}?${new URLSearchParams(reason)}`, 403),
  forged: (context) => responses.refusal(context, 'foreign', 403),
  misconfigured: (context) => rewriteTo(context, NOT_CONFIGURED, 503),
};

/** The response for each kind of request and each reason. */
const ANSWERS: Readonly<Record<RequestKind, Answers>> = {
  document: { ...IN_WORDS, 'signed-out': goToHostedUi, ended: askAgain },
  'document-head': { ...IN_WORDS, 'signed-out': goToLogin, ended: goToLogin },
  router: {
    ...IN_WORDS,
    'signed-out': responses.reloadDocument,
    ended: responses.reloadDocument,
    unavailable: responses.reloadDocument,
    misconfigured: responses.reloadDocument,
  },
  form: { ...IN_WORDS, 'signed-out': goToLogin, ended: askAgain },
  // After `askAgain`, the browser sends the action again, so that nothing the user typed is lost.
  action: { ...IN_WORDS, 'signed-out': goToLogin, ended: askAgain, group: loadPage },
  fetch: {
    'signed-out': unauthorized,
    ended: ({ page }) => logDenied(responses.unauthorizedYet(), 'session ended', page.reference),
    unavailable: (_, { error }) => responses.unavailableJson(error),
    group: ({ page }, { group }) =>
      logDenied(responses.insufficientScope(), `not in the group ${group}`, page.reference),
    forged: ({ page }) => logDenied(responses.forbiddenJson(), FOREIGN, page.reference),
    misconfigured: responses.setUpJson,
  },
};

/**
 * Creates the response to a request that may not pass.
 *
 * @param context the request
 * @param why the reason
 * @param reason the reason's details
 * @returns the response from the table above
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
 * Creates the response to a request while the site's configuration is invalid.
 *
 * @param context the request
 */
export function refuseMisconfigured(context: RequestContext): Response {
  return ANSWERS[context.kind].misconfigured(context);
}

/** Redirects (307) to the hosted UI, and sets a cookie for this sign-in attempt. */
async function goToHostedUi(context: SiteContext, reason: { maxAge?: number }): Promise<Response> {
  const { config, attempts } = context.site;
  const { headers } = context.request;
  // `/login` seals the state of a preview, which keeps that code out of the middleware bundle.
  const elsewhere = config.preview?.role === 'preview' || isOtherHost(headers, config);
  if (elsewhere) return goToLogin(context, reason);
  const purpose = { ...reason, returnTo: ownAddress(context), host: headers.get('host') };
  const attempt = await attempts.start(context.jar, purpose);
  logEvent({ type: 'signIn.started' }, context.page.reference);
  return responses.redirectTo(await signInUrl(config, attempt), 307);
}

/** Redirects to `/login` without a cookie. After sign-in, the user returns to `target`. */
function goToLogin(context: SiteContext, reason: { maxAge?: number; session?: Session }): Response {
  const { path, status } = target(context);
  const query = new URLSearchParams({ returnTo: path });
  if (reason.maxAge !== undefined) query.set('max_age', String(reason.maxAge));
  const login = `${context.site.config.origin}/login?${query}`;
  if (context.kind === 'action') return responses.redirectTo(login, 303, responses.ACTION);
  return responses.redirectTo(login, status);
}

/** Makes the client of a Server Action load the page, which then says why it is refused. */
function loadPage(context: SiteContext): Response {
  const page = `${context.site.config.origin}${ownAddress(context)}`.replaceAll(';', '%3B');
  return responses.redirectTo(page, 303, responses.ACTION);
}

/** Redirects to `target` once more: by then, the browser may have a newer session. */
async function askAgain(context: SiteContext, { session }: Reasons['ended']): Promise<Response> {
  const { client, config, refresher } = context.site;
  const { path, status } = target(context);
  await client.wait(headStart(refresher.rotates()));
  return responses.redirectTo(`${config.origin}${await againPath(path, session)}`, status);
}

/** This page, or for a form the page that contains it, because a form must not be sent twice. */
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
