import type { User } from '../../../lib/local-pool/src/settings';
import { remarkOn } from '../../../lib/local-pool/src/user-remark';

/**
 * What a person sees once the site answers with the local pool behind it.
 *
 * @param site the site's address
 * @param pool the local pool's address
 * @param users who may sign in; the passwords are published ones
 */
export function localPoolNotice(site: string, pool: string, users: readonly User[]): string {
  const people = users.map((user) => {
    const { username, password = '' } = user;
    return `${username.padEnd(8)}${password.padEnd(20)}${remarkOn(user)}`;
  });
  return block([
    ['Site', site],
    ['Local pool', `${pool}   stands in for Amazon Cognito; it forgets all when it stops`],
    ['', ''],
    ...people.map((line, index): Row => [index === 0 ? 'Sign in as' : '', line]),
    ['', ''],
    ['Try', '/         sign in, look around, sign out'],
    ['', '/flow     the sign-in, step by step, with your own session'], // demo
    ['', '/profile  your claims and the lives of your tokens'],
    ['', '/admin    200 for alice, 403 for bob'],
    ['', '/api/me   the same session as JSON'],
    ['', ''],
    ['Mails', `${pool}/local-outbox   and here, as they are sent`],
    ['Control', `${pool}/local-control   short token lives, revocation, new keys, an outage`],
    ['Real pool', 'copy .env.example to .env.local, fill it in, start again'],
    ['Stop', 'Ctrl-C'],
  ]);
}

/**
 * What a person sees once the site answers with a real user pool behind it.
 *
 * @param site the site's address
 */
export function realPoolNotice(site: string): string {
  return block([
    ['Site', site],
    ['User pool', 'the one that the COGNITO_* settings name; the local pool is not running'],
    ['Stop', 'Ctrl-C'],
  ]);
}

type Row = [label: string, text: string];

function block(rows: readonly Row[]): string {
  const lines = rows.map(([label, text]) => `  ${label.padEnd(12)}${text}`.trimEnd());
  return ['', ...lines, ''].join('\n');
}
