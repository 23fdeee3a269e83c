import type { ProductionUrls } from '../config/vercel';
import type { Environment } from '../get-site';
import { isDevelopment } from '../get-site';
import { FOREIGN, logEvent } from '../logging/log-event';
import type { PageContext } from '../page-context';
import type { CognitoError } from '../protocol/errors';
import { type PlainPage, plainPage } from './plain-page';

/** Seconds after which a visitor may try again. */
export const RETRY_AFTER = 5;

/**
 * A redirect to an address of ours or of the hosted UI.
 *
 * @param status 307 keeps the method, 303 makes it a GET
 * @param location absolute, built from the configuration and never from `Host`
 */
export function redirectTo(location: string, status: 303 | 307): Response {
  return new Response(null, {
    status,
    headers: { Location: location, 'Cache-Control': 'private, no-store' },
  });
}

/** Makes Next's router load the document: measured to work without a line in the console. */
export function reload(): Response {
  return new Response('', {
    headers: { 'Content-Type': 'text/plain', 'Cache-Control': 'private, no-store' },
  });
}

/**
 * 401 as RFC 6750 has it.
 *
 * @param error `invalid_token` for a bad bearer token; nothing when none was sent
 */
export function unauthorized(error?: 'invalid_token'): Response {
  const challenge = error ? `Bearer error="${error}"` : 'Bearer';
  return json(401, { error: error ?? 'unauthorized' }, { 'WWW-Authenticate': challenge });
}

/** 401 for a session that is over, or was refreshed by another instance: then a second try works. */
export function unauthorizedYet(): Response {
  const headers = { 'WWW-Authenticate': 'Bearer', 'Retry-After': '1' };
  return json(401, { error: 'unauthorized' }, headers);
}

/**
 * 401 for a sign-in that is too old (RFC 9470, section 3).
 *
 * @param maxAge how old it may be, in seconds
 */
export function signInTooOld(maxAge: number): Response {
  const error = 'insufficient_user_authentication';
  const challenge = `Bearer error="${error}", max_age="${maxAge}"`;
  return json(401, { error, max_age: maxAge }, { 'WWW-Authenticate': challenge });
}

/**
 * 405 for a method that nothing here answers.
 *
 * @param methods that are answered
 */
export function notAllowed(methods: readonly string[]): Response {
  return new Response(null, { status: 405, headers: { Allow: methods.join(', ') } });
}

/** 431 as a page (RFC 6585, section 5): no browser that is only used sends so many. */
export function tooManyCookies(look: PageContext): Response {
  logEvent({ type: 'denied', status: 431, why: 'too many cookies' }, look.reference);
  return plainPage(
    {
      status: 431,
      title: 'Too many cookies',
      paragraphs: [
        'Your browser has kept more cookies for this site than the site can read.',
        'Delete the cookies of this site in your browser, and open the page again.',
      ],
      action: { label: 'Go to the front page', href: '/' },
    },
    look,
  );
}

/** 403 JSON: signed in, but not in the group; or a request that another site sent. */
export function forbiddenJson(): Response {
  return json(403, { error: 'forbidden' }, {});
}

/**
 * 503 JSON: cannot be told right now.
 *
 * @param error why; it may know when trying again makes sense
 */
export function unavailableJson(error?: CognitoError): Response {
  const retryAfter = error?.retryAfter ?? RETRY_AFTER;
  return json(503, { error: 'temporarily_unavailable' }, { 'Retry-After': String(retryAfter) });
}

/** 503 JSON: the site is not configured. */
export function setUpJson(): Response {
  return json(503, { error: 'not_configured' }, {});
}

/**
 * 503 as a page: signed in as before, but nobody can logEvent right now.
 *
 * @param error why; it stands in the log already
 * @param look of this request
 * @param retry the path to try again; the front page if it was a form
 */
export function unavailablePage(error: CognitoError, look: PageContext, retry: string): Response {
  const clock = error.code === 'clock_wrong';
  return plainPage(
    {
      ...(clock ? CLOCK : JUST_A_MOMENT),
      action: { label: 'Try again', href: retry },
      retryAfter: error.retryAfter ?? RETRY_AFTER,
    },
    look,
  );
}

const JUST_A_MOMENT = {
  status: 503,
  title: 'Just a moment',
  paragraphs: [
    'The sign-in service does not answer right now, so this page cannot logEvent who you are.',
    'You have not been signed out. Please try again in a few seconds.',
  ],
} satisfies PlainPage;

/** 503: beyond what a clock may be off. */
export const CLOCK = {
  status: 503,
  title: 'The clock of this site is wrong',
  paragraphs: [
    'It differs by more than five minutes from that of the sign-in service, so nobody can be signed in safely.',
    'Nothing is wrong with your account. The operator of this site finds the difference in the log.',
  ],
} satisfies PlainPage;

/** 403 as a page: a form that another site sent. */
export function foreignFormPage(look: PageContext): Response {
  logEvent({ type: 'denied', status: 403, why: FOREIGN }, look.reference);
  return plainPage(
    {
      status: 403,
      title: 'This request came from somewhere else',
      paragraphs: [
        'For your safety, this only works from a page of this site. Nothing was changed.',
        'Open the page again and use its button.',
      ],
      action: { label: 'Go to the front page', href: '/' },
    },
    look,
  );
}

/**
 * 503 for a site whose environment is wrong. Visitors learn nothing from it; a first deploy is told
 * what to set; a developer is told what is wrong.
 *
 * @param site from `environment()`
 * @param look of this request
 */
export function setUpPage(site: Environment & { ok: false }, look: PageContext): Response {
  const wrong = site.problems.map(({ variable }) => variable);
  logEvent({ type: 'configuration', ok: false, wrong }, look.reference);
  const action = { label: 'Look again', href: '/' };
  if (isDevelopment) {
    const list = site.problems.map(({ variable, problem, remedy }) => ({
      term: variable,
      text: `${problem}. ${remedy}`,
    }));
    const paragraphs = ['Set these in .env.local (see .env.example), then start again.'];
    return plainPage(
      { status: 503, title: 'Almost there', paragraphs, list, action, leadsToDoctor: true },
      look,
    );
  }
  if (!site.blank) {
    const paragraphs = [
      'This site is not set up correctly, so nobody can use it right now. Its operator finds the reason in the log.',
      'It is nothing that you did. Please come back later.',
    ];
    return plainPage({ status: 503, title: 'Not available', paragraphs, action }, look);
  }
  return plainPage(
    {
      status: 503,
      title: 'One step left',
      paragraphs: [
        'This site is deployed, but it does not know its Amazon Cognito user pool yet. Set these environment variables and deploy again; the README says where each value is found.',
      ],
      list: [
        ...site.problems.map(({ variable, remedy }) => ({ term: variable, text: remedy })),
        ...(site.urls ? toRegister(site.urls) : []),
      ],
      action,
    },
    look,
  );
}

/** Made from what the host says of its production domain, never from a request. */
function toRegister({ redirectUri, logoutUri }: ProductionUrls) {
  const where = 'Register this with the app client, exactly so, under Login pages > Allowed';
  return [
    { term: redirectUri, text: `${where} callback URLs.` },
    { term: logoutUri, text: `${where} sign-out URLs.` },
  ];
}

function json(status: number, body: object, headers: Record<string, string>): Response {
  return Response.json(body, {
    status,
    headers: { 'Cache-Control': 'private, no-store', ...headers },
  });
}
