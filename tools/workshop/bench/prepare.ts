import { createVisitor, type Visitor } from '../../../tests/support/visitor';
import type { Cell } from './cells';
import { type Load, load } from './load';
import type { Running } from './running';
import { dayRequests, visits } from './visits';

/**
 * Makes the sessions that a cell needs, before the clock starts.
 *
 * @param cell the kind of request
 * @param running the app
 * @param requests how many
 * @param seed of their order
 * @returns sends the requests
 */
export async function prepare(
  { kind, target, concurrency }: Cell,
  running: Running,
  requests: number,
  seed: number,
): Promise<() => Promise<Load>> {
  const { forgeMany } = running;
  const amount = { requests, concurrency };
  if (kind === 'signIn') return () => signIns(running, amount);
  const own = await sessions();
  return () => load({ ...target, ...own }, amount);

  async function sessions() {
    if (kind === 'meNew') return { cookies: await forgeMany(requests) };
    if (kind === 'refresh') return { cookies: await forgeMany(requests, true) };
    if (kind === 'instances') return visits(requests, target.path, forgeMany, seed);
    const { api = '' } = running.app.paths;
    if (kind === 'day') return dayRequests(requests, { page: target.path, api }, forgeMany, seed);
    return {};
  }
}

/**
 * Signs users in as a browser does. The app answers two requests of a sign-in: for a private page, which it redirects to
 * the hosted UI, and the callback. The hosted UI's pages come from the local pool, in this process.
 */
async function signIns(
  { app, origin }: Running,
  { requests, concurrency }: { readonly requests: number; readonly concurrency: number },
): Promise<Load> {
  const start = performance.now();
  let begun = 0;
  const one = async () => {
    while (begun < requests) {
      begun += 1;
      const visitor = createVisitor(origin);
      const reach = app.acceptsAnyCode ? reachWithAnyCode : hostedUi;
      const { status } = await visitor.open(await reach(visitor, app.paths.me));
      // Only a session is that long.
      const isSignedIn = visitor.cookieHeader().length > 1000;
      if (status < 300 || status >= 400 || !isSignedIn) {
        throw new Error(`A sign-in to ${app.name} ended with ${status}.`);
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, one));
  return { wall: performance.now() - start, latencies: [] };
}

function hostedUi(visitor: Visitor, path: string): Promise<string> {
  return visitor.reachCallback('alice', path);
}

/** Goes straight from the redirect to the service to the callback. */
async function reachWithAnyCode(visitor: Visitor, path: string): Promise<string> {
  const { headers } = await visitor.open(path);
  const { searchParams } = new URL(headers.get('location') ?? '');
  const state = searchParams.get('state') ?? '';
  return `${searchParams.get('redirect_uri')}?${new URLSearchParams({ code: 'any', state })}`;
}
