import { vi } from 'vitest';

/**
 * Holds back the response to the next call that a site in this process makes to its user pool. This
 * lets a test simulate a slow response without waiting.
 *
 * @returns `answered` resolves when the pool has responded; `release` passes the response to the site
 */
export function holdNextCall(): { answered: Promise<void>; release(): void } {
  let release = () => {};
  let tell = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const answered = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const { fetch } = globalThis;
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementationOnce(async (...call) => {
    spy.mockRestore();
    const answer = await fetch(...call);
    tell();
    await released;
    return answer;
  });
  return { answered, release };
}
