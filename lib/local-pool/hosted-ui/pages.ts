import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { PoolContext } from '../http';
import { LOCAL_POOL_MARKER } from '../marker';
import type { Account } from '../users';
import { PAGE_STYLE } from './page-style';

type Html = ReturnType<typeof html>;
type PageStatus = 200 | 400 | 401 | 403 | 404;

const STYLE_HASH = `'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`;

/** What the sign-in page shows. */
export interface SignInPage {
  xsrfToken: string;
  /** The people of the pool, offered with their passwords. */
  accounts: readonly Account[];
  /** Fills the user name's field. */
  username?: string | undefined;
  /** In Cognito's words. */
  problem?: string | undefined;
  /** The live session's user, who may go on with one button: /login never goes on by itself. */
  continueAs?: string | undefined;
  /** Where the browser will be sent after the sign-in. */
  redirectUri: string;
}

/**
 * The hosted UI's sign-in page. Its fields have the classic hosted UI's names; it needs no script.
 *
 * @param c the request
 * @param status 200, or 403 when the form's anti-forgery token was not the cookie's
 * @param page what to show
 */
export function signInPage(c: PoolContext, status: 200 | 403, page: SignInPage) {
  const hidden = (name: string, value: string) =>
    html`<input type="hidden" name="${name}" value="${value}">`;
  const csrf = hidden('_csrf', page.xsrfToken);

  const body = html`
    <h1>Sign in</h1>
    ${page.problem === undefined ? '' : html`<p class="problem" role="alert">${page.problem}</p>`}
    ${page.continueAs === undefined ? '' : continueForm(page.continueAs, csrf)}
    <form method="post" name="cognitoSignInForm">
      ${csrf}
      <label for="signInFormUsername">Username</label>
      <input id="signInFormUsername" name="username" type="text" required autocomplete="username"
        autocapitalize="none" spellcheck="false" value="${page.username ?? ''}">
      <label for="signInFormPassword">Password</label>
      <input id="signInFormPassword" name="password" type="password" required
        autocomplete="current-password">
      ${hidden('cognitoAsfData', '')}
      <button class="wide" type="submit" name="signInSubmitButton" value="Sign in">Sign in</button>
    </form>
    <section aria-labelledby="people">
      <h2 id="people">The people of this pool</h2>
      <p class="soft">Their passwords are no secret: they open nothing but this machine.</p>
      <ul>${page.accounts.map((account) => personRow(account, csrf, hidden))}</ul>
    </section>`;
  return respond(c, status, { title: 'Sign in', body, formTarget: page.redirectUri });
}

/**
 * Cognito's error page: it says little, and has no way back to the app.
 *
 * @param c the request
 * @param status the HTTP status
 * @param reason e.g. `redirect_mismatch`; shown escaped
 */
export function errorPage(c: PoolContext, status: PageStatus, reason: string) {
  const body = html`
    <h1>An error was encountered with the requested page.</h1>
    ${reason === '' ? '' : html`<p class="problem">${reason}</p>`}`;
  return respond(c, status, { title: 'Error', body });
}

function continueForm(username: string, csrf: Html): Html {
  return html`
    <form method="post">
      ${csrf}
      <button class="wide" type="submit" name="continueSession" value="yes">
        Continue as ${username}
      </button>
    </form>
    <p class="soft">Or sign in as somebody else:</p>`;
}

function personRow(
  account: Account,
  csrf: Html,
  hidden: (name: string, value: string) => Html,
): Html {
  const groups = [...account.groups].slice(0, 3).join(', ');
  return html`<li>
    <p>
      <strong>${account.username}</strong>
      <span class="soft">${groups === '' ? 'no group' : `group ${groups}`}</span><br>
      <code>${account.password}</code>
    </p>
    <form method="post">
      ${csrf}${hidden('username', account.username)}${hidden('password', account.password)}
      ${hidden('cognitoAsfData', '')}
      <button class="second" type="submit" name="signInSubmitButton" value="Sign in"
        aria-label="Sign in as ${account.username}">Sign in</button>
    </form>
  </li>`;
}

function respond(
  c: PoolContext,
  status: PageStatus,
  page: { title: string; body: Html; formTarget?: string },
) {
  c.header('Content-Security-Policy', contentSecurityPolicy(page.formTarget));
  return c.html(
    html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="generator" content="${LOCAL_POOL_MARKER}">
  <title>${page.title} · Local user pool</title>
  <link rel="icon" href="data:,">
  <style>${raw(PAGE_STYLE)}</style>
</head>
<body>
  <main>
    <p class="badge">Local user pool</p>
    ${page.body}
    <footer>
      <p class="soft">This page stands in for Amazon Cognito's hosted UI. It runs on your machine
        and forgets everything when it stops.</p>
    </footer>
  </main>
</body>
</html>`,
    status,
  );
}

/**
 * Chromium holds redirects after a form to `form-action` too: the app must be named, or the
 * sign-in would be blocked on its way back.
 */
function contentSecurityPolicy(formTarget: string | undefined): string {
  const formAction = formTarget === undefined ? "'none'" : `'self' ${sourceOf(formTarget)}`;
  return [
    "default-src 'none'",
    `style-src ${STYLE_HASH}`,
    'img-src data:',
    `form-action ${formAction}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The origin of an http(s) callback; the scheme alone of an app's own (`myapp://callback`). */
function sourceOf(redirectUri: string): string {
  const { origin, protocol } = new URL(redirectUri);
  return protocol === 'http:' || protocol === 'https:' ? origin : protocol;
}
