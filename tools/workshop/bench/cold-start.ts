import type { App } from './apps';
import { start } from './running';

/** One start of one app. */
export interface ColdStart {
  readonly app: string;
  /** From the start of the process to the end of the first signed-in private page, in milliseconds. */
  readonly milliseconds: number;
}

/**
 * Starts every app several times, in turn.
 *
 * @param apps already built
 * @param times how often to start each
 */
export async function coldStarts(apps: readonly App[], times: number): Promise<ColdStart[]> {
  const starts: ColdStart[] = [];
  for (let n = 0; n < times; n++) {
    for (const app of apps) {
      const { startedIn, close } = await start(app);
      starts.push({ app: app.name, milliseconds: startedIn });
      await close();
    }
  }
  return starts;
}
