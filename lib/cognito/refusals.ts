import type { Environment } from './get-site';
import { denied, logEvent } from './logging/log-event';
import { CognitoError } from './protocol/errors';
import { startSignIn } from './protocol/sign-in';
import { here, type Visit } from './request-context';
import { ANSWERS } from './request-kind';
import * as answers from './responses/answers';
import { rememberAttempt } from './session/attempts';
import { againPath, headStart } from './session/lost-refresh-race';
import { refererPath } from './session/return-to';
import type { Session } from './session/session';

/** Why a request is refused, and what the answer needs to know about it. */
export type Reason =
  | { why: 'signed-out'; maxAge?: number }
  | { why: 'ended'; session: Session }
  | { why: 'unavailable'; error: CognitoError }
  | { why: 'misconfigured' };

/**
 * Answers a request that does not get what it asked for: one row of the table in `gate.ts`.
 *
 * @param visit the request
 * @param site from `environment()`
 * @param reason why
 */
export async function refuse(visit: Visit, site: Environment, reason: Reason): Promise<Response> {
  const { request, kind, look } = visit;
  const { reference } = look;
  const answer = ANSWERS[kind][reason.why];
  const error = reason.why === 'unavailable' ? reason.error : new CognitoError('unavailable');
  const maxAge = reason.why === 'signed-out' ? reason.maxAge : undefined;
  if (answer === 'reload') return answers.reload();
  if (answer === 'unauthorized') {
    if (maxAge === undefined) return denied(answers.unauthorized(), 'not signed in', reference);
    return denied(answers.signInTooOld(maxAge), 'signed in too long ago', reference);
  }
  if (answer === 'unauthorized-yet') {
    return denied(answers.unauthorizedYet(), 'the session is over', reference);
  }
  if (answer === 'unavailable-json') return answers.unavailableJson(error);
  if (answer === 'set-up-json' || answer === 'set-up-page') {
    if (site.ok || answer === 'set-up-json') return answers.setUpJson();
    return answers.setUpPage(site, look);
  }
  if (!site.ok) return answers.setUpJson();

  const { config, now, wait } = site.client;
  const page = here(visit, site);
  const back = refererPath(request.headers.get('referer'), config.origin);
  switch (answer) {
    case 'unavailable-page':
      return answers.unavailablePage(error, look, kind === 'form' ? back : page);
    case 'to-login':
      return answers.redirectTo(loginAddress(config.origin, page, maxAge), 307);
    case 'to-login-from-form':
      return answers.redirectTo(loginAddress(config.origin, back, maxAge), 303);
    case 'again':
    case 'again-from-form': {
      if (reason.why !== 'ended') return answers.unauthorized();
      await wait(headStart(site.refresher.rotates()));
      const target = await againPath(answer === 'again' ? page : back, reason.session);
      return answers.redirectTo(`${config.origin}${target}`, answer === 'again' ? 307 : 303);
    }
    case 'start-sign-in': {
      // A preview's state is sealed, by code that the middleware need not carry.
      if (config.preview?.role === 'preview') {
        return answers.redirectTo(loginAddress(config.origin, page, maxAge), 307);
      }
      const options = { returnTo: page, now: now(), ...(maxAge === undefined ? {} : { maxAge }) };
      const { url, attempt } = await startSignIn(config, options);
      await rememberAttempt(config, visit.jar, attempt);
      logEvent({ type: 'signIn.started' }, reference);
      return answers.redirectTo(url, 307);
    }
  }
}

function loginAddress(origin: string, returnTo: string, maxAge: number | undefined): string {
  const query = new URLSearchParams({ returnTo });
  if (maxAge !== undefined) query.set('max_age', String(maxAge));
  return `${origin}/login?${query}`;
}
