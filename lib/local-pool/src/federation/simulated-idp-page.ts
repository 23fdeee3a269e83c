import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { formTargets } from '../hosted-ui/layout';
import { PAGE_STYLE } from '../hosted-ui/page-style';
import type { PoolContext } from '../http';
import { LOCAL_POOL_MARKER } from '../marker';
import type { IdentityProvider, ProviderPerson } from './identity-provider';

/** What the page of a simulated provider shows. */
export interface ProviderPage {
  provider: IdentityProvider;
  /** Prefills the email field. */
  loginHint: string | undefined;
  /** The app's callback URL, where the redirects after a form end. */
  redirectUri: string | undefined;
  /** The hidden fields of each form. */
  hidden: Readonly<Record<string, string>>;
}

type Html = ReturnType<typeof html>;

const STYLE_HASH = `'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`;

/**
 * The provider's sign-in page. It must not be mistaken for Google's: it has no logo and none of
 * Google's look, and its title says "Simulated".
 *
 * @param c the request
 * @param page what to show
 */
export function providerPage(c: PoolContext, page: ProviderPage) {
  const { provider } = page;
  const title = `Simulated ${provider.name}`;
  const hidden = Object.entries(page.hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  c.header('Content-Security-Policy', contentSecurityPolicy(page.redirectUri));
  return c.html(html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="generator" content="${LOCAL_POOL_MARKER}">
  <title>${title} · Local user pool</title>
  <link rel="icon" href="data:,">
  <style>${raw(PAGE_STYLE)}</style>
</head>
<body>
  <main>
    <p class="badge">Local user pool: simulated identity provider</p>
    <h1>${title}</h1>
    <p>Choose an account.</p>
    <ul>${provider.people.map((person) => personRow(provider, person, hidden))}</ul>
    <section aria-labelledby="own">
      <h2 id="own">Another account</h2>
      <form method="post">
        ${hidden}
        <label for="email">Email</label>
        <input id="email" name="email" type="email" required autocomplete="off"
          value="${page.loginHint ?? ''}">
        <label for="name">Name (optional)</label>
        <input id="name" name="name" type="text" autocomplete="off">
        <label for="id">${provider.name} user ID (optional)</label>
        <input id="id" name="id" type="text" autocomplete="off" aria-describedby="id-note">
        <p class="soft" id="id-note">If you leave it empty, it is derived from the email address.</p>
        <button class="wide" type="submit">Sign in</button>
      </form>
    </section>
    <section>
      <form method="post">
        ${hidden}
        <button class="wide second" type="submit" name="cancel" value="yes">Cancel</button>
      </form>
    </section>
    <footer>
      <p class="soft">This page simulates ${provider.name}. It runs on your machine, and you don’t need
        a real account.</p>
    </footer>
  </main>
</body>
</html>`);
}

function personRow(provider: IdentityProvider, person: ProviderPerson, hidden: Html[]): Html {
  const text = (attribute: string) => {
    const value = person.claims[provider.attributeMapping[attribute] ?? ''];
    return typeof value === 'string' ? value : '';
  };
  const name = text('name') || person.id;
  return html`<li>
    <p><strong>${name}</strong><br><span class="soft">${text('email')}</span></p>
    <form method="post">
      ${hidden}
      <button class="second" type="submit" name="person" value="${person.id}"
        aria-label="Sign in as ${name}">Sign in</button>
    </form>
  </li>`;
}

/** Chromium applies `form-action` to the redirects after a form too, so it must name the app. */
function contentSecurityPolicy(redirectUri: string | undefined): string {
  const known = redirectUri !== undefined && URL.canParse(redirectUri);
  const app = known ? formTargets(redirectUri) : '';
  return [
    "default-src 'none'",
    `style-src ${STYLE_HASH}`,
    'img-src data:',
    `form-action 'self' ${app}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
