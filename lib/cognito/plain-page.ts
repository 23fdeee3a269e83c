/**
 * A page that needs nothing but itself: for answers that are given before React, or instead of it,
 * by the middleware and by route handlers.
 */
export interface PlainPage {
  readonly status: number;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** Shown as a list, a name before each text. */
  readonly list?: readonly { readonly term: string; readonly text: string }[];
  /** The one thing to do next: a link, or a form that posts there. */
  readonly action?: { readonly label: string; readonly href: string; readonly method?: 'post' };
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
}

/**
 * Renders the page. What it loads and where it leads is not told its address: that of a callback has
 * the authorization code in it, and after an outage the code is still good.
 *
 * @param page its words; everything is escaped
 * @param nonce of this answer's Content-Security-Policy; without one the page is merely unstyled
 * @returns a complete answer, `no-store`
 */
export function plainPage(page: PlainPage, nonce: string | null): Response {
  const { status, title, paragraphs, list = [], action, retryAfter } = page;
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    ...paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`),
    ...(list.length > 0 ? [`<dl>${list.map(listEntry).join('')}</dl>`] : []),
    ...(action ? [button(action)] : []),
    ...(action === undefined || action.href === '/'
      ? []
      : ['<p class="back"><a href="/">Go to the front page</a></p>']),
  ].join('\n');
  return new Response(
    `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="strict-origin">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<style nonce="${escapeHtml(nonce ?? '')}">${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`,
    {
      status,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'private, no-store',
        ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
      },
    },
  );
}

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

/** The few rules that these pages need, in the colours of `app/globals.css`. */
const STYLE = `
:root { color-scheme: light dark; }
body {
  margin: 0; min-height: 100dvh; display: grid; place-items: center; line-height: 1.6;
  font-family: system-ui, sans-serif;
  background: light-dark(#fbfaf8, #16181d); color: light-dark(#1d2129, #e8e6e1);
}
main { max-width: 36rem; padding: 2rem 1.25rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1rem; }
dt { margin-top: 1rem; } dd { margin: 0; overflow-wrap: anywhere; }
a { color: light-dark(#1f5fbf, #8ab8ff); }
.button {
  display: inline-block; border: 0; border-radius: 0.5rem; padding: 0.65rem 1.1rem; margin: 0.5rem 0;
  font: inherit; font-weight: 600; text-decoration: none; cursor: pointer;
  background: light-dark(#1f5fbf, #8ab8ff); color: light-dark(#fff, #10203a);
}
:focus-visible { outline: 3px solid light-dark(#d08700, #ffc24b); outline-offset: 2px; }
.back { margin-top: 1.5rem; }
`;
