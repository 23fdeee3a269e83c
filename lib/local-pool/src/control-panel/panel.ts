import { html } from 'hono/html';
import { type Html, respond } from '../hosted-ui/layout';
import type { PoolContext } from '../http';
import type { PoolState } from '../state';
import { TOKEN_LIFETIMES } from './actions';
import { duration } from './durations';
import { outageSection } from './outage-section';
import { peopleSection } from './people-section';

/**
 * The control panel page. It explains what the user will see on the site after each button.
 *
 * @param pool the pool
 * @param c the request
 * @param done what the button just pressed did; undefined if the page was opened directly
 */
export function showPanel(pool: PoolState, c: PoolContext, done: string | undefined) {
  const body = html`
    <h1>Control panel</h1>
    ${done === undefined ? '' : html`<p class="notice" id="done" tabindex="-1">${done}</p>`}
    <p>Change something here and watch the site in another window. Restarting the pool resets
      everything.</p>
    ${lifetimesSection(pool)}
    ${peopleSection(pool)}
    ${keysSection()}
    ${outageSection(pool)}`;
  const formTarget = pool.settings.domain;
  return respond(c, { status: 200, title: 'Control panel', body, formTarget, wide: true });
}

function lifetimesSection(pool: PoolState): Html {
  const clients = [...pool.clients.values()];
  const isOn = (seconds: number) =>
    clients.every((one) => one.accessTokenSeconds === seconds && one.idTokenSeconds === seconds);
  const choice = (seconds: number) => {
    const [current, now] = isOn(seconds)
      ? [html` aria-current="true"`, html` <span class="now">current</span>`]
      : ['', ''];
    return html`<button class="second" type="submit" name="seconds" value="${seconds}"${current}
        aria-label="Token lifetime ${duration(seconds)}${now === '' ? '' : ' current'}">${duration(seconds)}${now}</button>`;
  };
  return html`
    <section aria-labelledby="lifetimes">
      <h2 id="lifetimes">Token lifetime</h2>
      <p class="soft">The site gets the new lifetime with the next refresh. You stay signed
        in: the site refreshes tokens when they expire.</p>
      <form method="post" class="choices">
        <input type="hidden" name="do" value="lifetimes">
        ${TOKEN_LIFETIMES.map(choice)}
      </form>
      ${present(pool)}
    </section>`;
}

/** Read from the app clients, because a test can change the lifetimes of a single one. */
function present(pool: PoolState): Html {
  const lifetimes = [...pool.clients.values()].map(
    ({ idTokenSeconds, accessTokenSeconds, refreshTokenSeconds }) => {
      const [id, access] = [duration(idTokenSeconds), duration(accessTokenSeconds)];
      const both =
        id === access ? `ID and access tokens ${id}` : `ID tokens ${id}, access tokens ${access}`;
      return `${both}; refresh tokens ${duration(refreshTokenSeconds)}, which these buttons don’t change`;
    },
  );
  const [first = '', ...others] = new Set(lifetimes);
  return html`<p class="soft">Current: ${first}.${others.map((other) => ` For another app client: ${other}.`)}</p>`;
}

function keysSection(): Html {
  return html`
    <section aria-labelledby="keys">
      <h2 id="keys">Signing keys</h2>
      <p class="soft">You see no change. In another browser, or after a second press, private pages may
        return 503 for up to 30 seconds.</p>
      <form method="post">
        <button class="second" type="submit" name="do" value="keys">New signing keys</button>
      </form>
    </section>`;
}
