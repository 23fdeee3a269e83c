import { Hono } from 'hono';
import { html } from 'hono/html';
import type { PoolEnv } from '../http';
import type { Message } from '../outbox';
import type { PoolState } from '../state';
import { totpCode } from '../totp';
import { type Html, respond } from './layout';

/**
 * The routes of `/local-outbox`, which only the local pool has: the emails that Cognito would have
 * sent, and those that the site sends in development, newest first. Tests read them as JSON.
 *
 * @param pool the pool
 */
export function outboxRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  routes.get('/local-outbox', (c) => {
    const messages = pool.outbox.list();
    const body = html`
      <h1>Outbox</h1>
      <p>This pool doesn't send email. What Cognito would have sent appears here, newest first.</p>
      ${
        messages.length === 0
          ? html`<p class="soft">No messages yet. Reload this page to check
        again.</p>`
          : html`<ul class="mails">${messages.map(mail)}</ul>`
      }
      ${apps(pool)}`;
    return respond(c, { status: 200, title: 'Outbox', body });
  });
  // The site's own messages, in development. A website can't send this: JSON needs a preflight.
  routes.post('/local-outbox', async (c) => {
    const isJson = /^application\/json\b/.test(c.req.header('content-type') ?? '');
    const isForeign = !['same-origin', 'none', undefined].includes(c.req.header('sec-fetch-site'));
    if (!isJson || isForeign) return c.body(null, 403);
    const sent: unknown = await c.req.json().catch(() => null);
    const text = (name: string) => String(Object(sent)[name] ?? '').slice(0, 1000);
    const message = { to: text('to'), subject: text('subject'), text: text('text') };
    pool.outbox.send({ at: pool.now(), code: '', ...message });
    return c.body(null, 204);
  });
  routes.get('/local-outbox.json', (c) => c.json(pool.outbox.list()));
  return routes;
}

function mail({ at, to, subject, text, link }: Message): Html {
  const time = new Date(at * 1000).toISOString();
  return html`<li>
    <article>
      <h2>${subject}</h2>
      <p class="soft">to ${to} · <time datetime="${time}">${time.slice(11, 19)} UTC</time></p>
      <p>${text}</p>
      ${link === undefined ? '' : html`<p><a href="${link}">Confirm the account</a></p>`}
    </article>
  </li>`;
}

/** The current codes of the seeded users, whose TOTP secrets are public like their passwords. */
function apps(pool: PoolState): Html | string {
  const seeded = pool.settings.users.flatMap(({ username, mfa }) => {
    const account = pool.users.find(username);
    return mfa && account?.mfa?.secret === mfa.secret ? [{ username, secret: mfa.secret }] : [];
  });
  if (seeded.length === 0) return '';
  return html`
    <section aria-labelledby="apps">
      <h2 id="apps">Authenticator apps</h2>
      <p class="soft">The current codes of the test users. Their secrets are public.</p>
      <ul>${seeded.map(
        ({ username, secret }) => html`<li>
          <p><strong>${username}</strong> <code>${totpCode(secret, pool.now())}</code><br>
            <span class="soft">secret <code>${secret}</code></span></p>
        </li>`,
      )}</ul>
    </section>`;
}
