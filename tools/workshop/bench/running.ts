import type { App } from './apps';
import { folderOf } from './assemble';
import type { RunningApp } from './cells';
import { ask, type Target } from './load';
import { reserve, startServer } from './servers';
import { EMAIL, forgerFor } from './sessions';

/** A running app, with functions that make sessions and close it. */
export interface Running extends RunningApp {
  /** The server's process group. */
  readonly group: number;
  /** Time from the start of the process to the first response, in milliseconds. */
  readonly startedIn: number;
  /** Makes this many new sessions. */
  forgeMany(count: number): Promise<string[]>;
  close(): Promise<void>;
}

/**
 * Starts an app, and waits until it shows the private page to a signed-in user.
 *
 * @param app already built
 */
export async function start(app: App): Promise<Running> {
  const at = await reserve();
  const forger = await forgerFor(app.sessions, at.origin);
  try {
    const session = await forger.forge();
    const target = privateCell({ app, origin: at.origin, session });
    const before = performance.now();
    const server = await startServer(folderOf(app), at, forger.environment, () =>
      ask(target, session),
    );
    return {
      app,
      origin: at.origin,
      session,
      group: server.group,
      startedIn: performance.now() - before,
      async forgeMany(count) {
        const made: string[] = [];
        for (let n = 0; n < count; n++) made.push(await forger.forge());
        return made;
      },
      async close() {
        await server.close();
        await forger.close();
      },
    };
  } catch (error) {
    await forger.close();
    throw error;
  }
}

/** The private page, requested by a signed-in user. */
export function privateCell({ app, origin, session }: RunningApp): Target {
  return { origin, path: app.paths.me, status: 200, text: EMAIL, cookies: [session] };
}
