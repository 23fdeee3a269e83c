import { vi } from 'vitest';

/**
 * Holds back the answer to the next call that a site in this process makes to its user pool: what
 * takes long in the world takes as long as a test likes, and no time passes.
 *
 * @returns `answered` settles when the pool has answered, and `release` lets the site have it
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
