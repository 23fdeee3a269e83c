import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDevelopment } from '../config/environment';
import { getSite } from '../get-site';
import { logDenied, newReference } from '../logging';
import { randomToken } from '../protocol/pkce';
import type { RequestKind } from '../request-kind';
import { securityHeaders } from '../responses';
import { type PlainPage, plainPage } from '../responses/plain-page';
import { dropBody, kindOf } from './incoming';

/** Why a request doesn't reach Next: the log's words and the page's. */
export interface Refusal extends Pick<PlainPage, 'status' | 'title' | 'paragraphs'> {
  readonly why: string;
}

/** 400: Next would answer with a 500. */
export const UNDECODABLE: Refusal = {
  status: 400,
  why: 'undecodable path',
  title: 'This address is not valid',
  paragraphs: ['A percent sign in it is not followed by a valid code. Check the link.'],
};

/** 403: Next would answer with a 500. */
export const FOREIGN_ACTION: Refusal = {
  status: 403,
  why: 'not a same-origin request',
  title: 'This request came from somewhere else',
  paragraphs: ['For your safety, this only works from a page of this site. Nothing was changed.'],
};

/** 413: never a shorter body. */
export const TOO_LARGE: Refusal = {
  status: 413,
  why: 'body too large',
  title: 'This is too large',
  paragraphs: ['What you sent is larger than this page accepts. Nothing was changed.'],
};

/** 413: a form whose parts would keep the CPU busy. */
export const TOO_MANY_PARTS: Refusal = {
  ...TOO_LARGE,
  why: 'multipart form with too many parts or an unusual type',
};

/** 400: Next would answer with a 500. */
export const MALFORMED_FORM: Refusal = {
  status: 400,
  why: 'malformed multipart form',
  title: 'This form is not complete',
  paragraphs: ['It could not be read. Nothing was changed. Open the page again and use its form.'],
};

/** 415: a page that doesn't expect a form. */
export const NO_FORM: Refusal = {
  status: 415,
  why: 'multipart form to a page without Server Actions',
  title: 'This page does not accept a form',
  paragraphs: ['Nothing was changed. Open the page again and use its own form.'],
};

/** How long a client may go on sending a body that is no longer read. In milliseconds. */
const PATIENCE = 2000;

/**
 * Answers a request instead of Next, with the headers that every response has, and logs it.
 *
 * @param request not yet handled
 * @param response of this request
 * @param refusal why
 */
export async function refuseRequest(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
): Promise<void> {
  const { answer, headers } = answerTo(request, refusal);
  const body = request.method === 'HEAD' ? '' : await answer.text();
  for (const [name, value] of [...answer.headers, ...headers]) response.setHeader(name, value);
  response.writeHead(answer.status, { 'Content-Length': Buffer.byteLength(body) });
  response.write(body);
  await dropBody(request, PATIENCE);
  response.end();
  if (!request.complete) request.socket.destroy();
}

/** What a person sees. Everything else gets JSON. */
const PAGES: readonly RequestKind[] = ['document', 'document-head', 'form'];

function answerTo(request: IncomingMessage, refusal: Refusal) {
  const site = getSite();
  const nonce = randomToken(16);
  const reference = newReference();
  const { status, why, title, paragraphs } = refusal;
  const action = { label: 'Go to the front page', href: '/' };
  const context = { nonce, theme: undefined, reference };
  const answer = PAGES.includes(kindOf(request))
    ? plainPage(context, { status, title, paragraphs, action })
    : Response.json({ error: why }, { status, headers: { 'Cache-Control': 'private, no-store' } });
  const config = site.ok ? site.config : undefined;
  return {
    answer: logDenied(answer, why, reference),
    headers: securityHeaders({ config, nonce, development: isDevelopment }),
  };
}
