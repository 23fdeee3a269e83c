/**
 * Cookies of a session that nobody has sealed, of the right form.
 *
 * @param session a seal of the site's own, to take the form from
 * @param length of what it holds, in characters
 * @param piece the most that one cookie is to have, in characters; one cookie without it
 * @returns names and values
 */
export function forgedSession(
  session: string,
  length: number,
  piece?: number,
): Map<string, string> {
  // Fe26.2*id*salt*iv*text*expiry*salt*mac: all checked by the last.
  const seal = session.split('*').with(4, 'x'.repeat(length)).join('*');
  if (piece === undefined) return new Map([['session', seal]]);
  const pieces = new Map<string, string>();
  for (let at = 0; at < seal.length; at += piece) {
    pieces.set(`session.${pieces.size}`, seal.slice(at, at + piece));
  }
  return pieces;
}
