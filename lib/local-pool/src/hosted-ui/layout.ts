import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { PoolContext } from '../http';
import { LOCAL_POOL_MARKER } from '../marker';
import { PAGE_STYLE } from './page-style';

export type Html = ReturnType<typeof html>;

/** A page on the pool's domain. */
export interface Page {
  status: 200 | 400 | 401 | 403 | 404 | 503;
  /** The title of the tab. */
  title: string;
  body: Html;
  /** The language of title and body; the frame is always in English. Default: `en`. */
  lang?: string | undefined;
  /** Where the redirects after a form may lead. Without it the page can't have a form. */
  formTarget?: string | undefined;
  /** The page's only script, which its hash allows. */
  script?: string | undefined;
  /** For pages with more than one form. */
  wide?: boolean;
}

/**
 * Responds with a page in the frame that all pages share: the content security policy, the badge,
 * and links to the index, the outbox and the control panel.
 *
 * @param c the request
 * @param page the page
 */
export function respond(c: PoolContext, page: Page) {
  c.header('Content-Security-Policy', contentSecurityPolicy(page));
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
      <p class="soft">This user pool imitates Amazon Cognito. It runs on your machine and forgets
        everything when it stops. Emails are in the <a href="/local-outbox">Outbox</a>; token
        lifetimes, outages and more are in the <a href="/local-control">Control panel</a>. All of it is
        in the <a href="/local-index">Index</a>.</p>
    </footer>
  </main>
  ${page.script === undefined ? '' : html`<script>${raw(page.script)}</script>`}
</body>
</html>`,
    page.status,
  );
}

/**
 * Chromium applies `form-action` to the redirects after a form too. If it didn't name the app, the
 * redirect back to the app would be blocked.
 */
function contentSecurityPolicy({ formTarget, script }: Page): string {
  const formAction = formTarget === undefined ? "'none'" : `'self' ${formTargets(formTarget)}`;
  return [
    "default-src 'none'",
    `style-src ${hashOf(PAGE_STYLE)}`,
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    'img-src data:',
    `form-action ${formAction}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * The `form-action` sources for a callback URL: its origin, and for http also other ports of this
 * machine, because a relay redirects on to previews; only the scheme for `myapp://callback`.
 */
export function formTargets(redirectUri: string): string {
  const { origin, protocol } = new URL(redirectUri);
  if (protocol === 'https:') return origin;
  return protocol === 'http:' ? `${origin} http://localhost:* http://127.0.0.1:*` : protocol;
}

function hashOf(inline: string): string {
  return `'sha256-${createHash('sha256').update(inline).digest('base64')}'`;
}
