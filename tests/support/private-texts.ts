import { DOCUMENT, FETCH, type Visitor } from './visitor';

/** Shorter texts could be on any page by chance. */
const MIN_LENGTH = 12;

/**
 * Finds the texts that private pages contain and public pages don't. It opens the pages to find them,
 * so it also works for pages that you add. Texts in the URL of the hosted UI don't count as private,
 * because every visitor is redirected there.
 *
 * @param insider a visitor who is signed in and may see all routes
 * @param routes the private routes
 * @param open the public routes, opened by the same visitor
 * @returns for each private route, the texts that no public route has
 */
export async function privateTexts(
  insider: Visitor,
  routes: string[],
  open: string[],
): Promise<Map<string, string[]>> {
  const everywhere = new Set<string>(['insufficient_user_authentication']);
  let addresses = '';
  for (const route of open) {
    const answer = await insider.open(route, DOCUMENT);
    for (const text of texts(answer.body)) everywhere.add(text);
    addresses += answer.headers.get('location') ?? '';
  }
  const found = new Map<string, string[]>();
  for (const route of routes) {
    const isApi = route.startsWith('/api/');
    const answer = await insider.open(route, isApi ? FETCH : DOCUMENT);
    const own = answer.status === 200 ? texts(answer.body) : [];
    found.set(
      route,
      [...new Set(own)].filter((text) => !everywhere.has(text) && !addresses.includes(text)),
    );
  }
  return found;
}

/** The texts between the tags of HTML, without its title, which isn't private; or the strings of JSON. */
function texts(html: string): string[] {
  const body = html.replace(/<title>[^<]*<\/title>/g, '');
  const pieces = body.startsWith('{') ? body.match(/"[^"]*"/g) : body.match(/>[^<>]+</g);
  return (pieces ?? [])
    .map((piece) => piece.slice(1, -1).trim())
    .filter((text) => text.length >= MIN_LENGTH);
}
