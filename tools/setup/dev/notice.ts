import type { User } from '../../../lib/local-pool/src/settings';
import { remarkOn } from '../../../lib/local-pool/src/user-remark';

/**
 * The message that appears once the site is running with the local pool.
 *
 * @param site the site's address
 * @param pool the local pool's address
 * @param users the users who can sign in; their passwords are public
 * @param ports `taken`: the port that the site would have, if another program uses it
 */
export function localPoolNotice(
  site: string,
  pool: string,
  users: readonly User[],
  { taken }: { taken?: number | undefined } = {},
): string {
  const people = users.map((user) => {
    const { username, password = '' } = user;
    return `${username.padEnd(8)}${password.padEnd(20)}${remarkOn(user)}`;
  });
  return block([
    ['Site', taken === undefined ? site : `${site}   port ${taken} is in use`],
    ['Local pool', `${pool}   simulates Amazon Cognito: emails, codes, users, outages`],
    ['', '                        its data is lost when it stops'],
    ['', ''],
    ...people.map((line, index): Row => [index === 0 ? 'Sign in as' : '', line]),
    ['', ''],
    ['Try', '/         sign in, look around, sign out'],
    ['', '/flow     the sign-in flow step by step, with your own session'], // demo
    ['', '/profile  your claims and token lifetimes'], // demo
    ['', '/notes    data that belongs to a user'],
    ['', '/admin    200 for alice, 403 for bob'],
    ['', '/api/me   the same session as JSON'],
    ['', ''],
    ['Real pool', 'set the variables of .env.example in .env.local, and restart'],
    ['Stop', 'Ctrl-C'],
  ]);
}

/**
 * The message that appears once the site is running with a real user pool.
 *
 * @param site the site's address
 * @param redirectUri the value of COGNITO_REDIRECT_URI
 */
export function realPoolNotice(site: string, redirectUri: string): string {
  const text = redirectUri.trim();
  const origin = URL.canParse(text) ? new URL(text).origin : undefined;
  return block([
    ['Site', site],
    ...(origin === undefined || origin === site ? [] : [elsewhere(origin)]),
    ['User pool', 'from your COGNITO_* settings; the local pool is not running'],
    ['Stop', 'Ctrl-C'],
  ]);
}

/** A sign-in that starts here ends there, without this site's cookies. */
function elsewhere(origin: string): Row {
  return ['Note', `COGNITO_REDIRECT_URI leads to ${origin}: sign-ins end there, not here`];
}

type Row = [label: string, text: string];

function block(rows: readonly Row[]): string {
  const lines = rows.map(([label, text]) => `  ${label.padEnd(12)}${text}`.trimEnd());
  return ['', ...lines, ''].join('\n');
}
