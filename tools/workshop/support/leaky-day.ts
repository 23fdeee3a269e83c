import { comeBack } from '../../../tests/support/expired';
import { send } from '../../../tests/support/http';
import type { Eavesdropper } from '../../../tests/support/overhear';
import type { RecordedSite } from '../../../tests/support/recorder';
import { createVisitor, DOCUMENT, FETCH } from '../../../tests/support/visitor';

/** Responses of a user pool, or of a server in its place, that repeat what they received. */
const ECHOES: readonly ((heard: string) => Response)[] = [
  (heard) => new Response(heard, { status: 500 }),
  (heard) => new Response(`<html>${heard}`, { status: 502 }),
  (heard) => new Response(heard, { status: 200 }),
  (heard) => Response.json({ error: heard, error_description: heard }, { status: 400 }),
  (heard) => Response.json({ error: 'invalid_client', error_description: heard }, { status: 401 }),
  (heard) => Response.json({ error: 'invalid_grant', error_description: heard }, { status: 400 }),
  (heard) => Response.json({ id_token: heard, access_token: heard, refresh_token: heard }),
  (heard) => new Response(null, { status: 302, headers: { location: `/?${encodeURI(heard)}` } }),
  (heard) => new Response(heard, { status: 429, headers: { 'retry-after': heard.slice(0, 99) } }),
];

/**
 * Causes every kind of failure between a site and its user pool while secrets are sent. The site's responses are
 * in its `exchanges`, and its log is in its output.
 *
 * @param site the running site
 * @param pool the listener in front of its user pool
 */
export async function leakyDay(site: RecordedSite, pool: Eavesdropper): Promise<void> {
  await failedSignIns(site);
  await bearers(site, pool);
  for (const echo of ECHOES) {
    const { origin } = site;
    const [returning, leaving, newcomer] = [
      await comeBack(site),
      await comeBack(site, { ago: 9 }),
      createVisitor(origin),
    ];
    const callback = await newcomer.reachCallback('bob');
    pool.answerWith(echo);
    await newcomer.open(callback);
    for (const path of ['/', '/profile', '/admin', '/nothing-here']) await returning.open(path);
    await returning.open('/api/me', FETCH);
    await returning.open('/profile', { ...FETCH, rsc: '1', 'next-url': '/' });
    await leaving.post('/refresh', {}, { referer: `${origin}/profile` });
    await leaving.post('/logout', { everywhere: 'yes' });
    await leaving.post('/logout');
    pool.answerWith(null);
  }
  await goodBye(site);
}

/** Callbacks whose codes and states are unknown, used or another user's, and callbacks with an attacker's text. */
async function failedSignIns({ origin }: RecordedSite): Promise<void> {
  const CHANGES = [
    ['code', 'a-code-that-the-pool-does-not-know'],
    ['state', 'x'.repeat(43)],
    ['error', 'server_error'],
    ['iss', 'https://evil.example'],
  ] as const;
  const visitor = createVisitor(origin);
  for (const [name, value] of CHANGES) {
    const callback = new URL(await visitor.reachCallback('alice'));
    callback.searchParams.set(name, value);
    await visitor.open(callback.href);
  }
  const callback = await visitor.reachCallback('alice');
  await createVisitor(origin).open(callback);
  const before = visitor.clone();
  await visitor.open(callback);
  for (const again of [visitor, before]) {
    await again.open(callback);
    await again.open(callback.replace('/login?', '/login/?'));
  }
}

async function bearers({ origin }: RecordedSite, { secrets }: Eavesdropper): Promise<void> {
  const tokens = [...secrets.of('access token'), ...secrets.of('ID token')];
  for (const token of [
    ...tokens,
    ...tokens.map((each) => `${each}x`),
    ...secrets.of('refresh token'),
  ]) {
    const headers = { ...FETCH, authorization: `Bearer ${token}` };
    await send(`${origin}/api/me`, { headers });
    await send(`${origin}/profile`, { headers: { ...DOCUMENT, authorization: `Bearer ${token}` } });
  }
}

/** Damaged cookies, and both kinds of sign-out. */
async function goodBye({ origin }: RecordedSite): Promise<void> {
  const damaged = createVisitor(origin);
  await damaged.signIn('alice');
  const [here, everywhere] = [damaged.clone(), damaged.clone()];
  const jar = damaged.cookies.get('localhost');
  for (const [name, value] of jar ?? []) jar?.set(name, value.slice(0, -9));
  for (const path of ['/', '/profile', '/api/me']) await damaged.open(path);
  await here.post('/logout');
  await everywhere.post('/logout', { everywhere: 'yes' });
}
