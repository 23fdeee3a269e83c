import { startInProcess, startInstance } from '../../../tests/support/in-process';
import { freePort, type RunningSite } from '../../../tests/support/site';

/** The secret that production and its previews share. */
export const RELAY_SECRET = 'tests-only:relay:Ol5Pk2Mj9Nh6Bg3Vf0Cd7Xs4';
/** Different from production's, or the tests would prove nothing. */
const PREVIEW_SECRET = 'tests-only:preview:Zx1Cv8Bn5Mq2We9Rt6Yu3';

/** Production, with the only registered redirect URI, and a preview that it relays to. */
export interface WithPreview {
  readonly production: RunningSite;
  /** On another host name, because ports do not separate cookies. */
  readonly preview: { readonly origin: string; readonly output: () => string };
  readonly close: () => Promise<void>;
}

/** Starts the site's code twice in this process, with one local user pool. */
export async function startWithPreview(): Promise<WithPreview> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const relay = { PREVIEW_RELAY_SECRET: RELAY_SECRET, PREVIEW_RELAY_HOSTS: `127.0.0.1:${port}` };
  const production = await startInProcess({ env: relay });
  const environment = {
    ...production.environment,
    ...relay,
    PREVIEW_ORIGIN: origin,
    SESSION_SECRET: PREVIEW_SECRET,
  };
  const preview = await startInstance(environment, port);
  return {
    production,
    preview: { origin, output: preview.output },
    close: async () => {
      await Promise.all([preview.close(), production.close()]);
    },
  };
}
