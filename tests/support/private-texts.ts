import { DOCUMENT, FETCH, type Visitor } from './visitor';

/** Shorter pieces of text could stand anywhere. */
const MIN_LENGTH = 12;

/**
 * What the pages of private routes show and no public page does, found by looking at them: so it
 * holds for a page that somebody adds, too. What stands in the address of the hosted UI is no secret
 * either: everybody is sent there.
 *
 * @param insider signed in, and allowed to see all of them
 * @param routes the private ones
 * @param open the public ones, which are looked at by the same person
 * @returns for each route the pieces of text that only its page has
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

/** Of HTML the pieces between tags, but not its title, which is nobody's; of JSON the texts. */
function texts(html: string): string[] {
  const body = html.replace(/<title>[^<]*<\/title>/g, '');
  const pieces = body.startsWith('{') ? body.match(/"[^"]*"/g) : body.match(/>[^<>]+</g);
  return (pieces ?? [])
    .map((piece) => piece.slice(1, -1).trim())
    .filter((text) => text.length >= MIN_LENGTH);
}
