/**
 * Cookies in the format of a session, but with an invalid seal.
 *
 * @param session a valid seal, as a template
 * @param length of its contents, in characters
 * @param piece the maximum length of a cookie, in characters; undefined means one cookie
 * @returns names and values
 */
export function forgedSession(
  session: string,
  length: number,
  piece?: number,
): Map<string, string> {
  // Fe26.2*id*salt*iv*text*expiry*salt*mac: the MAC covers all the rest.
  const seal = session.split('*').with(4, 'x'.repeat(length)).join('*');
  if (piece === undefined) return new Map([['session', seal]]);
  const pieces = new Map<string, string>();
  for (let at = 0; at < seal.length; at += piece) {
    pieces.set(`session.${pieces.size}`, seal.slice(at, at + piece));
  }
  return pieces;
}
