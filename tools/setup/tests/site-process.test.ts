import { afterEach, expect, test, vi } from 'vitest';
import { untilAnswering } from '../dev/site-process';

afterEach(() => vi.unstubAllGlobals());

test('Ctrl-C ends the wait for the first page, even if its request never settles', async () => {
  const never = vi.fn(() => new Promise(() => {}));
  vi.stubGlobal('fetch', never);
  let end = (_: number) => {};
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  const answering = untilAnswering('http://localhost:1/', ended);
  await vi.waitFor(() => expect(never).toHaveBeenCalledOnce());
  end(0);
  expect(await answering).toBe(false);
});
