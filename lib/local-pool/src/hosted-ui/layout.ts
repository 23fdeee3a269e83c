import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { PoolContext } from '../http';
import { LOCAL_POOL_MARKER } from '../marker';
import { PAGE_STYLE } from './page-style';

export type Html = ReturnType<typeof html>;

const STYLE_HASH = `'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`;

/** One page of the pool's domain. */
export interface Page {
  status: 200 | 400 | 401 | 403 | 404 | 503;
  /** Of the tab. */
  title: string;
  body: Html;
  /** Of the title and the body; the frame around them is English. Default: `en`. */
  lang?: string | undefined;
  /** Where a redirect after a form may lead; without it the page can have no form. */
  formTarget?: string | undefined;
  /** For what is more than one form. */
  wide?: boolean;
}

/**
 * The frame that all pages have: what they may load, the badge, and the way to the pool's own.
 *
 * @param c the request
 * @param page what to put into it
 */
export function respond(c: PoolContext, page: Page) {
  c.header('Content-Security-Policy', contentSecurityPolicy(page.formTarget));
  return c.html(
    html`<!doctype html>
<html lang="${page.lang ?? 'en'}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="generator" content="${LOCAL_POOL_MARKER}">
  <title>${page.title} · Local user pool</title>
  <link rel="icon" href="data:,">
  <style>${raw(PAGE_STYLE)}</style>
</head>
<body>
  <main${page.wide ? raw(' class="wide"') : ''}>
    <p class="badge" lang="en">Local user pool</p>
    ${page.body}
    <footer lang="en">
      <p class="soft">This page stands in for Amazon Cognito's hosted UI. It runs on your machine
        and forgets everything when it stops. Mails end in the <a href="/local-outbox">Outbox</a>;
        short token lives, outages and more are in the <a href="/local-control">Control panel</a>.</p>
    </footer>
  </main>
</body>
</html>`,
    page.status,
  );
}

/**
 * Chromium holds redirects after a form to `form-action` too: the app must be named, or the
 * sign-in would be blocked on its way back.
 */
function contentSecurityPolicy(formTarget: string | undefined): string {
  const formAction = formTarget === undefined ? "'none'" : `'self' ${formTargets(formTarget)}`;
  return [
    "default-src 'none'",
    `style-src ${STYLE_HASH}`,
    'img-src data:',
    `form-action ${formAction}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * The origin of an http(s) callback, and of what it may lead on to on this machine, as a relay to a
 * preview does; the scheme alone of an app's own (`myapp://callback`).
 */
export function formTargets(redirectUri: string): string {
  const { origin, protocol } = new URL(redirectUri);
  if (protocol === 'https:') return origin;
  return protocol === 'http:' ? `${origin} http://localhost:* http://127.0.0.1:*` : protocol;
}
