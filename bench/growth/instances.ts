import type { Curve } from './curve';
import { interleaved, medians } from './interleave';
import { inWords, orderOf } from './order';
import { signedTokens, usualPerson } from './people';
import { type Instance, newInstance, read, readUnseen, sealSmall } from './reader';

const COUNTS = [1, 2, 4];

/** What a session costs in all, where several instances serve it: they share nothing. */
export async function instanceCurve(passes: number): Promise<Curve> {
  const cookies = await sealSmall(signedTokens(usualPerson()));
  const instances = Array.from({ length: Math.max(...COUNTS) }, () => newInstance());
  for (const instance of instances) await read(instance, cookies);
  const each = (count: number, act: (one: Instance) => Promise<unknown>) => async () => {
    for (const one of instances.slice(0, count)) await act(one);
  };
  const costs = await interleaved(
    [
      ...COUNTS.map((n) => ({ times: 30, act: each(n, (one) => readUnseen(one, cookies)) })),
      ...COUNTS.map((n) => ({ times: 500, act: each(n, (one) => read(one, cookies)) })),
    ],
    passes,
  );
  const first = medians(costs.slice(0, COUNTS.length), costs[0] ?? []);
  const again = medians(costs.slice(COUNTS.length), costs[COUNTS.length] ?? []);
  const order = (figures: readonly { micros: number }[]) =>
    inWords(orderOf(figures.map(({ micros }, index) => ({ x: COUNTS[index] ?? 0, y: micros }))));
  return {
    title: 'Instances',
    text: 'One cookie, read by so many instances, each with keys and sessions of its own, here in one process. The sums over all of them; ratios to the first row.',
    size: 'instances',
    rows: COUNTS.map((size, index) => ({
      size,
      figures: {
        'first reads, µs': first[index]?.micros ?? null,
        ratio: first[index]?.ratio ?? null,
        'one read more in each, µs': again[index]?.micros ?? null,
        'ratio of these': again[index]?.ratio ?? null,
      },
    })),
    orders: [`first reads: ${order(first)}`, `reads after that: ${order(again)}`],
  };
}
