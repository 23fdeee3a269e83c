/**
 * Cookies in the format of a session, but with an invalid seal.
 *
 * @param session a valid seal, as a template
 * @param length of its contents, in characters
 * @param piece the maximum length of a cookie, in characters; undefined means one cookie
 * @returns values by name, without port
 */
export function forgedSession(
  session: string,
  length: number,
  piece?: number,
): Readonly<Record<string, string>> {
  // Fe26.2*id*salt*iv*text*expiry*salt*mac: the MAC covers all the rest.
  const seal = session.split('*').with(4, 'x'.repeat(length)).join('*');
  if (piece === undefined) return { session: seal };
  const pieces: string[] = [];
  for (let at = 0; at < seal.length; at += piece) {
    pieces.push(seal.slice(at, at + piece));
  }
  return Object.fromEntries(pieces.map((text, index) => [`session.${index}`, text]));
}
