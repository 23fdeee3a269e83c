/** The part of `fetch` that this folder uses. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** Settles after this many milliseconds. */
export type Wait = (milliseconds: number) => Promise<void>;

const LEAST_MS = 100;
const MOST_MS = 300;

/**
 * Makes a call, and repeats it once if it fails. The pause in between is short and random, so that
 * requests that failed at the same time don't all retry at the same time.
 *
 * @param wait settles after the given number of milliseconds
 * @param call a call that is safe to repeat
 * @param isWorthwhile whether an error may be gone in a moment; otherwise the call isn't repeated
 * @returns what the call returns
 * @throws what the last call throws
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

/**
 * Parses a URL without throwing. It doesn't use `URL.canParse`: in Node 20 and 22, after a few
 * thousand calls, that returns true for some texts that the constructor throws for.
 *
 * @param text any text
 * @param base to resolve a relative URL against
 * @returns the URL, or undefined if the text isn't a valid URL (WHATWG URL, section 6.1)
 */
export function asUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
