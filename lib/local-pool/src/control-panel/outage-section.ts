import { html } from 'hono/html';
import type { Html } from '../hosted-ui/layout';
import { currentOutage } from '../outage';
import type { Outage, PoolState } from '../state';
import { OUTAGES } from './actions';
import { duration } from './durations';

/**
 * The section about outages: buttons that start one, and the one that is running, if any.
 *
 * @param pool the pool
 */
export function outageSection(pool: PoolState): Html {
  const outage = currentOutage(pool);
  return html`
    <section aria-labelledby="outage">
      <h2 id="outage">Outage</h2>
      <dl>
        <dt>Return 503</dt>
        <dd>You see no change until the tokens expire (set a lifetime of 30 seconds first). Then private
          pages return 503, and public pages say that they can’t tell who you are.</dd>
        <dt>Don’t respond</dt>
        <dd>Same as Return 503, but the first page after the tokens expire takes four seconds.</dd>
      </dl>
      ${outage ? running(outage, pool.now()) : ''}
      ${choices('outage', 'Return 503')}
      ${choices('silence', 'Don’t respond')}
    </section>`;
}

function choices(what: 'outage' | 'silence', how: string): Html {
  return html`<form method="post" class="choices">
        <input type="hidden" name="do" value="${what}">
        ${OUTAGES.map(
          (seconds) => html`<button class="second" type="submit" name="seconds"
          value="${seconds}">${how} for ${duration(seconds)}</button>`,
        )}
      </form>`;
}

/** The bar empties without a script. It only repeats what the text says. */
function running({ began, until, silent }: Outage, now: number): Html {
  const left = until - now;
  const share = Math.round((100 * left) / (until - began));
  const end = new Date(until * 1000).toISOString();
  return html`
      <div class="problem">
        <p>The endpoints ${silent ? 'don’t respond' : 'return 503'} for ${duration(left)} more, until
          <time datetime="${end}">${end.slice(11, 19)} UTC</time>. After the outage, the next page that
          you open works again.</p>
        <svg class="rest" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
          <rect width="${share}" height="1">
            <animate attributeName="width" from="${share}" to="0" dur="${left}s" fill="freeze"/>
          </rect>
        </svg>
        <form method="post">
          <button type="submit" name="do" value="end-outage">End the outage now</button>
        </form>
      </div>`;
}
