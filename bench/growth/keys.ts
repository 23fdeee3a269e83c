import type { Curve } from './curve';
import { interleaved, medians } from './interleave';
import { inWords, orderOf } from './order';
import { signedTokens, usualPerson } from './people';
import { newInstance, read, readUnseen, sealSmall } from './reader';

const COUNTS = [2, 4, 10, 50, 200];

/** What a session costs by how many keys its pool publishes: Cognito's have two. */
export async function keyCurve(passes: number): Promise<Curve> {
  const cookies = await sealSmall(signedTokens(usualPerson()));
  const instances = COUNTS.map((count) => newInstance(count));
  for (const instance of instances) await read(instance, cookies);
  const unseen = instances.map((one) => ({ times: 40, act: () => readUnseen(one, cookies) }));
  const seen = instances.map((one) => ({ times: 1000, act: () => read(one, cookies) }));
  const costs = await interleaved([...unseen, ...seen], passes);
  const first = medians(costs.slice(0, COUNTS.length), costs[0] ?? []);
  const again = medians(costs.slice(COUNTS.length), costs[COUNTS.length] ?? []);
  const order = (figures: readonly { micros: number }[]) =>
    inWords(orderOf(figures.map(({ micros }, index) => ({ x: COUNTS[index] ?? 0, y: micros }))));
  return {
    title: 'Keys of the user pool',
    text: 'The two that sign stand last. Ratios to the first row.',
    size: 'keys',
    rows: COUNTS.map((size, index) => ({
      size,
      figures: {
        'never seen, µs': first[index]?.micros ?? null,
        ratio: first[index]?.ratio ?? null,
        'seen, µs': again[index]?.micros ?? null,
        'ratio of these': again[index]?.ratio ?? null,
      },
    })),
    orders: [`never seen: ${order(first)}`, `seen: ${order(again)}`],
  };
}
