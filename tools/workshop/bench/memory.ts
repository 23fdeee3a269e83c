import { setTimeout as wait } from 'node:timers/promises';
import type { App } from './apps';
import { usageOf } from './cpu';
import { load } from './load';
import { privateCell, type Running, start } from './running';

/** The resident memory of an app's server while its private page is requested, in bytes. */
export interface MemoryCurve {
  readonly app: string;
  /** The same session for all requests, or a new one for each. */
  readonly sessions: 'one' | 'distinct';
  readonly points: readonly { readonly requests: number; readonly bytes: number }[];
}

/** The number of points of a curve: enough to see whether it is flat at its end. */
const PARTS = 10;

/**
 * Sends many requests to a new server and reads its memory along the way.
 *
 * @param app already built
 * @param requests the total number
 * @returns a curve for one session, and a second one for distinct sessions if the app caches them
 */
export async function memoryCurves(app: App, requests: number): Promise<MemoryCurve[]> {
  const kinds = app.caches ? (['one', 'distinct'] as const) : (['one'] as const);
  const curves: MemoryCurve[] = [];
  for (const sessions of kinds) {
    const running = await start(app);
    const points = await curve(running, requests, sessions);
    curves.push({ app: app.name, sessions, points });
    await running.close();
  }
  return curves;
}

async function curve(running: Running, requests: number, sessions: MemoryCurve['sessions']) {
  const part = Math.max(1, Math.round(requests / PARTS));
  const points: { requests: number; bytes: number }[] = [];
  for (let sent = 0; sent < requests; sent += part) {
    await ask(running, part, sessions);
    // Gives the server a moment to finish the work of the last requests.
    await wait(500);
    points.push({ requests: sent + part, bytes: usageOf(running.group).memory });
  }
  return points;
}

async function ask(running: Running, requests: number, sessions: MemoryCurve['sessions']) {
  const target = privateCell(running);
  for (let sent = 0; sent < requests; sent += 500) {
    const some = Math.min(500, requests - sent);
    const cookies = sessions === 'one' ? target.cookies : await running.forgeMany(some);
    await load({ ...target, cookies }, { requests: some, concurrency: 8 });
  }
}
