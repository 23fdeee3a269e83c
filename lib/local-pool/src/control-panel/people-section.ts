import { html } from 'hono/html';
import type { Html } from '../hosted-ui/layout';
import type { PoolState } from '../state';
import type { Account } from '../users';
import { counted } from './durations';
import { livingSignIns } from './sign-ins';

/**
 * The people of the pool, and what an administrator can do to each.
 *
 * @param pool the pool
 */
export function peopleSection(pool: PoolState): Html {
  return html`
    <section aria-labelledby="people">
      <h2 id="people">People</h2>
      <dl>
        <dt>Revoke</dt>
        <dd>All refresh tokens: the site goes on until its other tokens are due, or until “Refresh
          now”; then a private page sends its person to the hosted UI, which asks for no password
          within an hour of the last one, and a public page shows them signed out.</dd>
        <dt>Sign out</dt>
        <dd>Globally, as AdminUserGlobalSignOut does: on the site it looks the same, and the hosted
          UI’s own session goes on here, too.</dd>
        <dt>Disable</dt>
        <dd>The same again, but the hosted UI lets nobody in: it asks for the password, and refuses
          it until the person is enabled.</dd>
      </dl>
      <ul class="people">${pool.users.list().map((account) => person(pool, account))}</ul>
    </section>`;
}

function person(pool: PoolState, { username, enabled }: Account): Html {
  const count = livingSignIns(pool, username);
  const signIns = count === 0 ? 'no living sign-in' : counted(count, 'living sign-in');
  return html`<li>
    <p><strong>${username}</strong> <span class="soft">${signIns}</span>
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
