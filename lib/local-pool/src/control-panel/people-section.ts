import { html } from 'hono/html';
import type { Html } from '../hosted-ui/layout';
import type { PoolState } from '../state';
import type { Account } from '../users';
import { counted } from './durations';
import { activeSignIns } from './sign-ins';

/**
 * The section about users, with what an administrator can do to each of them.
 *
 * @param pool the pool
 */
export function peopleSection(pool: PoolState): Html {
  return html`
    <section aria-labelledby="people">
      <h2 id="people">Users</h2>
      <dl>
        <dt>Revoke</dt>
        <dd>The next refresh ends the session. Opening a private page signs the user in again, without a
          password if the last sign-in was less than an hour ago.</dd>
        <dt>Sign out</dt>
        <dd>Looks the same as Revoke: AdminUserGlobalSignOut keeps the hosted UI’s session too.</dd>
        <dt>Disable</dt>
        <dd>The next refresh ends the session, and the hosted UI refuses the user’s password.</dd>
        <dt>Enable</dt>
        <dd>The user can sign in again.</dd>
      </dl>
      <ul class="people">${pool.users.list().map((account) => person(pool, account))}</ul>
    </section>`;
}

function person(pool: PoolState, { username, enabled }: Account): Html {
  const count = activeSignIns(pool, username);
  const sessions = count === 0 ? 'no active session' : counted(count, 'active session');
  return html`<li>
    <p><strong>${username}</strong> <span class="soft">${sessions}</span>
      ${enabled ? '' : html`<strong class="off">disabled</strong>`}</p>
    <form method="post">
      <input type="hidden" name="user" value="${username}">
      ${button('revoke', 'Revoke', `Revoke tokens of ${username}`)}
      ${button('sign-out', 'Sign out', `Sign out ${username} globally`)}
      ${
        enabled
          ? button('disable', 'Disable', `Disable ${username}`)
          : button('enable', 'Enable', `Enable ${username}`)
      }
    </form>
  </li>`;
}

function button(what: string, text: string, name: string): Html {
  return html`<button class="second" type="submit" name="do" value="${what}"
        aria-label="${name}">${text}</button>`;
}
