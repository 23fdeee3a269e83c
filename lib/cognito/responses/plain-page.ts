import { isDevelopment } from '../config/environment';
import type { PageContext } from '../page-context';

/**
 * A self-contained HTML page, for responses that the middleware and route handlers send without React.
 */
export interface PlainPage {
  readonly status: number;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** Shown as a list of terms, each followed by its text. */
  readonly list?: readonly { readonly term: string; readonly text: string }[];
  /** The next step for the visitor: a link, or a form that posts to `href`. */
  readonly action?: { readonly label: string; readonly href: string; readonly method?: 'post' };
  /** Set if a setting may be wrong: in development, the page then links to `/doctor`. */
  readonly leadsToDoctor?: boolean;
  /** Seconds to wait before trying again. */
  readonly retryAfter?: number;
}

/**
 * Renders the page. Its `referrer` policy hides the page's full URL from everything it loads or links
 * to: a callback's URL contains the authorization code, which is still valid after an outage.
 *
 * @param context of this request; error pages show its reference
 * @param page its content; all of it is escaped
 * @returns a complete response, with `no-store`
 */
export function plainPage(context: PageContext, page: PlainPage): Response {
  const { status, title, paragraphs, list = [], action, retryAfter } = page;
  const { nonce, theme, reference, asText } = context;
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    ...paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`),
    ...(list.length > 0 ? [`<dl>${list.map(listEntry).join('')}</dl>`] : []),
    ...(action ? [button(action)] : []),
    ...(isDevelopment && page.leadsToDoctor ? [DOCTOR] : []),
    ...(action === undefined || action.href === '/'
      ? []
      : ['<p class="back"><a href="/">Go to the home page</a></p>']),
    ...(status < 400 || reference === undefined
      ? []
      : [`<p class="reference">Reference: <code>${escapeHtml(reference)}</code></p>`]),
  ].join('\n');
  const html = `<!doctype html>
<html lang="en"${theme === undefined ? '' : ` data-theme="${theme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="strict-origin">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<style nonce="${escapeHtml(nonce)}">${COLORS[theme ?? 'system']}${STYLE}</style>
</head>
<body>
<header><a href="/"><img src="/icon.svg" alt="Home page" width="40" height="40"></a></header>
<main>
${body}
</main>
</body>
</html>
`;
  // Next's client throws an error with the text of a response if its type is exactly `text/plain`.
  return new Response(asText ? paragraphs.join(' ') : html, {
    status,
    headers: {
      'Content-Type': asText ? 'text/plain' : 'text/html; charset=utf-8',
      'Cache-Control': 'private, no-store',
      ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
    },
  });
}

const DOCTOR = '<p><a href="/doctor">In development only: check your settings</a></p>';

function listEntry({ term, text }: { term: string; text: string }): string {
  return `<dt><code>${escapeHtml(term)}</code></dt><dd>${escapeHtml(text)}</dd>`;
}

function button({ label, href, method }: NonNullable<PlainPage['action']>): string {
  if (method === undefined)
    return `<p><a class="button" href="${escapeHtml(href)}">${escapeHtml(label)}</a></p>`;
  return `<form method="post" action="${escapeHtml(href)}"><button class="button">${escapeHtml(label)}</button></form>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The colors of `app/globals.css` in hexadecimal: browsers without `oklch` or `light-dark()` show them, too. */
const LIGHT = `:root {
  color-scheme: light;
  --ground: #fbfaf6; --ink: #1a1e29; --soft: #515663;
  --accent: #3e43c3; --on-accent: #fafbff; --focus: #d84a00;
}`;
const DARK = `:root {
  color-scheme: dark;
  --ground: #11131a; --ink: #ece9e4; --soft: #aeb3bd;
  --accent: #a4b5ff; --on-accent: #0f132f; --focus: #fac547;
}`;
const COLORS = {
  light: LIGHT,
  dark: DARK,
  system: `${LIGHT}@media (prefers-color-scheme: dark) { ${DARK} }`,
};

/** The few other styles that these pages need. */
const STYLE = `
body {
  box-sizing: border-box; max-width: 40rem; min-height: 100dvh; margin: 0 auto; padding: 1.25rem;
  display: flex; flex-direction: column; overflow-wrap: anywhere;
  font: 1rem/1.6 system-ui, sans-serif;
  background: var(--ground); color: var(--ink);
}
main { margin: auto 0; padding: 2rem 0 5rem; }
header a { display: inline-block; } header img { display: block; }
h1 { font-size: clamp(1.7rem, 1.35rem + 1.6vw, 2.25rem); line-height: 1.2; margin: 0 0 1rem; }
dt { margin-top: 1rem; } dd { margin: 0; }
a { color: var(--accent); }
.button {
  display: inline-block; border: 1px solid var(--accent); border-radius: 2rem;
  padding: 0.5rem 1.2rem; margin: 0.5rem 0;
  font: inherit; font-weight: 600; text-decoration: none; cursor: pointer;
  background: var(--accent); color: var(--on-accent);
}
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.back { margin-top: 1.5rem; }
.back a { display: inline-block; padding-block: 0.25rem; }
.reference { margin-top: 2.25rem; font-size: 0.8125rem; color: var(--soft); }
`;
