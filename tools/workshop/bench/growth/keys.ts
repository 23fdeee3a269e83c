import type { Curve } from './curve';
import { signedTokens, usualPerson } from './people';
import { newInstance, read, readUnseen, sealSmall } from './reader';
import { twoLines } from './two-lines';

const COUNTS = [2, 4, 10, 50, 200];

/** Measures what a session costs by how many keys its user pool publishes: Cognito's pools have two. */
export async function keyCurve(passes: number): Promise<Curve> {
  const cookies = await sealSmall(signedTokens(usualPerson()));
  const instances = COUNTS.map((count) => newInstance(count));
  for (const instance of instances) await read(instance, cookies);
  const unseen = instances.map((one) => ({ times: 40, act: () => readUnseen(one, cookies) }));
  const seen = instances.map((one) => ({ times: 1000, act: () => read(one, cookies) }));
  return {
    title: 'Keys of the user pool',
    text: 'The two signing keys come last. Ratios are relative to the first row.',
    size: 'keys',
    ...(await twoLines(
      COUNTS,
      [
        { name: 'never seen, µs', ratio: 'never seen, ratio', said: 'never seen', tasks: unseen },
        { name: 'seen, µs', ratio: 'seen, ratio', said: 'seen', tasks: seen },
      ],
      passes,
    )),
  };
}
