import { isApi } from './access-rules';

/**
 * What is asking decides how we answer: a redirect to the hosted UI is right for a document and
 * wrong for everything else. A header that the client controls can only make an answer stricter.
 */
export type RequestKind =
  /** A person's navigation: may be redirected to the hosted UI. */
  | 'document'
  /** The same as HEAD: starts nothing. */
  | 'document-head'
  /** Next's router, navigation or prefetch: must be made to load the document. */
  | 'router'
  /** A form: its body must not be sent on to another origin. */
  | 'form'
  /** `fetch`, XHR, an API call, an iframe, a speculative load: wants a status, not a page. */
  | 'fetch';

/**
 * Tells what kind of request this is.
 *
 * @param request its method, path and headers
 */
export function requestKind(request: {
  method: string;
  path: string;
  headers: Headers;
}): RequestKind {
  const { method, path, headers } = request;
  // Next turns a redirect of a data request into a header of its own.
  if (isApi(path) || headers.has('x-nextjs-data')) return 'fetch';
  if (headers.has('next-url') && (method === 'GET' || method === 'HEAD')) return 'router';
  if (!isDocument(headers)) return 'fetch';
  if (method === 'GET') return 'document';
  if (method === 'HEAD') return 'document-head';
  return method === 'POST' ? 'form' : 'fetch';
}

/** A load ahead of time: the browser throws a 401 away and asks again when the person goes there. */
export function isSpeculative(headers: Headers): boolean {
  return /prefetch|prerender/i.test(`${headers.get('sec-purpose')} ${headers.get('purpose')}`);
}

function isDocument(headers: Headers): boolean {
  if (isSpeculative(headers)) return false;
  const destination = headers.get('sec-fetch-dest');
  if (destination !== null) return destination === 'document';
  if (headers.has('sec-fetch-mode') || headers.has('sec-fetch-site')) return false;
  return /\btext\/html\b/i.test(headers.get('accept') ?? '');
}

/** Why a request does not get what it asked for. */
export type Refusal =
  | 'signed-out'
  /** There is a session whose refresh token was refused: over, or refreshed elsewhere just now. */
  | 'ended'
  | 'unavailable'
  | 'misconfigured';

/** What goes out instead; each is built in `answers.ts`. */
export type Answer =
  /** 307 to the hosted UI, with a cookie for the attempt. */
  | 'start-sign-in'
  /** 307 to /login, without a cookie. */
  | 'to-login'
  /** 303 to /login, coming back to the page of the form. */
  | 'to-login-from-form'
  /** To the same page once more, or to that of the form: the browser may have a newer session by then. */
  | 'again'
  | 'again-from-form'
  /** An empty 200 that makes the router load the document, without a console line. */
  | 'reload'
  /** 401 JSON; `unauthorized-yet` where trying once more may help. */
  | 'unauthorized'
  | 'unauthorized-yet'
  /** 503, as a page or as JSON. */
  | 'unavailable-page'
  | 'unavailable-json'
  | 'set-up-page'
  | 'set-up-json';

/** The table: one line for each kind of request, one column for each reason. */
export const ANSWERS: Readonly<Record<RequestKind, Readonly<Record<Refusal, Answer>>>> = {
  document: {
    'signed-out': 'start-sign-in',
    ended: 'again',
    unavailable: 'unavailable-page',
    misconfigured: 'set-up-page',
  },
  'document-head': {
    'signed-out': 'to-login',
    ended: 'to-login',
    unavailable: 'unavailable-page',
    misconfigured: 'set-up-page',
  },
  router: {
    'signed-out': 'reload',
    ended: 'reload',
    unavailable: 'reload',
    misconfigured: 'reload',
  },
  form: {
    'signed-out': 'to-login-from-form',
    ended: 'again-from-form',
    unavailable: 'unavailable-page',
    misconfigured: 'set-up-page',
  },
  fetch: {
    'signed-out': 'unauthorized',
    ended: 'unauthorized-yet',
    unavailable: 'unavailable-json',
    misconfigured: 'set-up-json',
  },
};
