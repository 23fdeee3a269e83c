import type { Wait } from './wire';

const LEAST_MS = 100;
const MOST_MS = 300;

/**
 * Makes a call that may be repeated once more if it fails, after a short random pause: so that those
 * who failed together do not come back together.
 *
 * @param wait settles after so many milliseconds
 * @param call may safely happen twice
 * @param isWorthwhile whether this failure may be gone in a moment
 * @returns what the first call that works returns; throws what the second one throws
 */
export async function retryOnce<T>(
  wait: Wait,
  call: () => Promise<T>,
  isWorthwhile: (error: unknown) => boolean,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!isWorthwhile(error)) throw error;
  }
  await wait(LEAST_MS + Math.random() * (MOST_MS - LEAST_MS));
  return call();
}

/** Whether `AbortSignal.timeout` ended a fetch. */
export function isTimeOut(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}
