import { html } from 'hono/html';
import { type Html, respond } from '../hosted-ui/layout';
import type { PoolContext } from '../http';
import type { PoolState } from '../state';
import { TOKEN_LIVES } from './actions';
import { duration } from './durations';
import { outageSection } from './outage-section';
import { peopleSection } from './people-section';

/**
 * The control panel: each control, what is on now, and what it makes the site do.
 *
 * @param pool the pool
 * @param c the request
 * @param done what the last button did, if this page follows it
 */
export function showPanel(pool: PoolState, c: PoolContext, done: string | undefined) {
  const body = html`
    <h1>Control panel</h1>
    ${done === undefined ? '' : html`<p class="notice" id="done" tabindex="-1">${done}</p>`}
    <p>Change something here, and watch the site in another window. Nothing is kept: a restart of the
      pool puts all of it back.</p>
    ${livesSection(pool)}
    ${peopleSection(pool)}
    ${keysSection()}
    ${outageSection(pool)}`;
  const formTarget = pool.settings.domain;
  return respond(c, { status: 200, title: 'Control panel', body, formTarget, wide: true });
}

function livesSection(pool: PoolState): Html {
  const clients = [...pool.clients.values()];
  const isOn = (seconds: number) =>
    clients.every((one) => one.accessTokenSeconds === seconds && one.idTokenSeconds === seconds);
  const choice = (seconds: number) => {
    const [current, now] = isOn(seconds)
      ? [html` aria-current="true"`, html` <span class="now">on now</span>`]
      : ['', ''];
    return html`<button class="second" type="submit" name="seconds" value="${seconds}"${current}
        aria-label="Token lives of ${duration(seconds)}${now === '' ? '' : ' on now'}">${duration(seconds)}${now}</button>`;
  };
  return html`
    <section aria-labelledby="lives">
      <h2 id="lives">Token lives from now on</h2>
      <p class="soft">Press “Refresh now” on the site’s profile page, or sign in, to get such tokens:
        from then on the first page that you open in the last tenth of their life (of an hour, in the
        last minute) or after it comes with new ones, and you see nothing else of it.</p>
      <form method="post" class="choices">
        <input type="hidden" name="do" value="lives">
        ${TOKEN_LIVES.map(choice)}
      </form>
      ${present(pool)}
    </section>`;
}

/** As told by the settings: they may have been changed elsewhere, and for one app client only. */
function present(pool: PoolState): Html {
  const lives = [...pool.clients.values()].map(
    ({ idTokenSeconds, accessTokenSeconds, refreshTokenSeconds }) => {
      const [id, access] = [duration(idTokenSeconds), duration(accessTokenSeconds)];
      const both =
        id === access ? `ID and access tokens ${id}` : `ID tokens ${id}, access tokens ${access}`;
      return `${both}; refresh tokens ${duration(refreshTokenSeconds)} from the sign-in, whatever you press here`;
    },
  );
  const [first = '', ...others] = new Set(lives);
  return html`<p class="soft">Now: ${first}.${others.map((other) => ` For another app client: ${other}.`)}</p>`;
}

function keysSection(): Html {
  return html`
    <section aria-labelledby="keys">
      <h2 id="keys">Signing keys</h2>
      <p class="soft">You see nothing: the site goes on with the keys that it knows, meets a new one
        at the next refresh, and fetches the key set for it. It does so once in 30 seconds: until then
        whoever has tokens of yet another key sees “Sign-in service unavailable”, after a second press, or in
        another browser that still has old ones.</p>
      <form method="post">
        <button class="second" type="submit" name="do" value="keys">New signing keys</button>
      </form>
    </section>`;
}
