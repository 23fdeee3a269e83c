import type { App } from './apps';
import { folderOf } from './assemble';
import type { RunningApp } from './cells';
import { usageOf } from './cpu';
import { ask, type Target } from './load';
import { reserve, startServer } from './servers';
import { EMAIL, type Forger, forgerFor } from './sessions';

/** A running app, with functions that make sessions and close it. */
export interface Running extends RunningApp {
  /** The server's process group. */
  readonly group: number;
  /** Time from the start of the process to the first response, in milliseconds. */
  readonly startedIn: number;
  /** Processor time so far of the processes that are measured, in milliseconds. */
  cpu(): number;
  /** Makes this many new sessions; with expired tokens if `expired`. */
  forgeMany(count: number, expired?: boolean): Promise<string[]>;
  close(): Promise<void>;
}

/** What serves an app. */
export interface Host {
  readonly folder: string;
  /** Node's arguments, before the port; default: `next start`. */
  readonly command?: readonly string[];
  /** More variables, given the app's own. */
  environment?(own: Forger['environment']): Forger['environment'];
  /** Whether the first process only passes requests on, and doesn't count. */
  readonly hasRouter?: boolean;
}

/**
 * Starts an app, and waits until it shows the private page to a signed-in user.
 *
 * @param app already built
 * @param host default: `next start`
 */
export async function start(app: App, host: Host = { folder: folderOf(app) }): Promise<Running> {
  const at = await reserve();
  const forger = await forgerFor(app.sessions, at.origin);
  try {
    const session = await forger.forge();
    const target = privateCell({ app, origin: at.origin, session });
    const own = forger.environment;
    const environment = host.environment?.(own) ?? own;
    const isUp = () => ask(target, session);
    const before = performance.now();
    const { group, close } = await startServer(host.folder, at, environment, isUp, host.command);
    return {
      app,
      origin: at.origin,
      session,
      group,
      startedIn: performance.now() - before,
      cpu: () => usageOf(group, host.hasRouter ? group : undefined).cpu,
      forgeMany: (count, expired) => forgeMany(forger, count, expired),
      async close() {
        await close();
        await forger.close();
      },
    };
  } catch (error) {
    await forger.close();
    throw error;
  }
}

async function forgeMany(forger: Forger, count: number, expired = false): Promise<string[]> {
  const forge = expired ? forger.forgeExpired : forger.forge;
  if (!forge) throw new Error('This app has no sessions with expired tokens.');
  // Signatures run on other threads. But for expired tokens, the user pool's clock is set back for a moment.
  const together = expired ? 1 : 8;
  const made: string[] = [];
  while (made.length < count) {
    const some = Math.min(together, count - made.length);
    made.push(...(await Promise.all(Array.from({ length: some }, () => forge()))));
  }
  return made;
}

/** The private page, requested by a signed-in user. */
export function privateCell({ app, origin, session }: RunningApp): Target {
  return { origin, path: app.paths.me, status: 200, text: EMAIL, cookies: [session] };
}
