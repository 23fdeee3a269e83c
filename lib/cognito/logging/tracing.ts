import { isDevelopment } from '../get-site';
import { inSpan } from './spans';

/** How long the steps of one request took in the middleware. */
export interface Timing {
  /** Runs a step, in a span of its own where tracing is set up. */
  readonly measure: <T>(step: string, work: () => Promise<T>) => Promise<T>;
  /** The `Server-Timing` header; undefined in production, where it would tell strangers. */
  readonly header: () => string | undefined;
}

/**
 * Starts the clock for one request.
 *
 * @param enabled whether times are taken, by default in development only
 * @returns times in milliseconds, as Server-Timing has them (https://www.w3.org/TR/server-timing/)
 */
export function startTiming(enabled = isDevelopment): Timing {
  if (!enabled) return { measure: inStepSpan, header: () => undefined };
  const started = performance.now();
  const entries: string[] = [];
  const note = (step: string, since: number) =>
    entries.push(`${step};dur=${(performance.now() - since).toFixed(1)}`);
  return {
    async measure(step, work) {
      const since = performance.now();
      try {
        return await inStepSpan(step, work);
      } finally {
        note(step, since);
      }
    },
    header() {
      note('middleware', started);
      return entries.join(', ');
    },
  };
}

function inStepSpan<T>(step: string, work: () => Promise<T>): Promise<T> {
  return inSpan(`cognito ${step}`, work);
}
