import { html } from 'hono/html';
import type { Html } from '../hosted-ui/layout';
import { currentOutage } from '../outage';
import type { Outage, PoolState } from '../state';
import { OUTAGES } from './actions';
import { duration } from './durations';

/**
 * An outage of the endpoints: how to begin one, how long it still lasts, how to end it.
 *
 * @param pool the pool
 */
export function outageSection(pool: PoolState): Html {
  const outage = currentOutage(pool);
  return html`
    <section aria-labelledby="outage">
      <h2 id="outage">Outage</h2>
      <p class="soft">While its tokens live, the site goes on; once they are over, private pages
        answer 503 and say that nobody was signed out, public ones that they can’t tell, and the first
        request after the end works: with token lives of 30 seconds, 2 minutes are enough to see it.
        Where nothing answers, the first page waits four seconds for it. It hits the OAuth endpoints,
        the API and the key set, and neither this page nor the sign-in page.</p>
      ${outage ? running(outage, pool.now()) : ''}
      ${choices('outage', 'Answer 503')}
      ${choices('silence', 'Don’t answer')}
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

/** The bar runs empty without a script; what it shows is said in words. */
function running({ began, until, silent }: Outage, now: number): Html {
  const left = until - now;
  const share = Math.round((100 * left) / (until - began));
  const end = new Date(until * 1000).toISOString();
  return html`
      <div class="problem">
        <p>The endpoints ${silent ? 'do not answer' : 'answer 503'} for ${duration(left)} more, until
          <time datetime="${end}">${end.slice(11, 19)} UTC</time>.</p>
        <svg class="rest" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
          <rect width="${share}" height="1">
            <animate attributeName="width" from="${share}" to="0" dur="${left}s" fill="freeze"/>
          </rect>
        </svg>
        <form method="post">
          <button type="submit" name="do" value="mend">End the outage now</button>
        </form>
      </div>`;
}
