import { setTimeout as wait } from 'node:timers/promises';
import type { App } from './apps';
import { usageOf } from './cpu';
import { load } from './load';
import { privateCell, type Running, start } from './running';

/** The resident memory of an app's server, in bytes, as it is asked for its private page. */
export interface MemoryCurve {
  readonly app: string;
  /** One session for all requests, or another one for each. */
  readonly sessions: 'one' | 'distinct';
  readonly points: readonly { readonly requests: number; readonly bytes: number }[];
}

/** So many parts has a curve: whether it is flat at its end is to be seen. */
const PARTS = 10;

/**
 * Asks a fresh server many times, and reads its memory on the way.
 *
 * @param app built
 * @param requests in all
 * @returns a curve for one session; a second one for distinct sessions where the app may remember them
 */
export async function memoryCurves(app: App, requests: number): Promise<MemoryCurve[]> {
  const kinds = app.remembers ? (['one', 'distinct'] as const) : (['one'] as const);
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
    // A moment for what the last answers left behind.
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
