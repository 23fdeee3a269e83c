import type { Curve } from './curve';
import { signedTokens, usualPerson } from './people';
import { type Instance, newInstance, read, readUnseen, sealSmall } from './reader';
import { twoLines } from './two-lines';

const COUNTS = [1, 2, 4];

/** Measures the total cost of a session that several instances serve: they share nothing. */
export async function instanceCurve(passes: number): Promise<Curve> {
  const cookies = await sealSmall(signedTokens(usualPerson()));
  const instances = Array.from({ length: Math.max(...COUNTS) }, () => newInstance());
  for (const instance of instances) await read(instance, cookies);
  const each = (count: number, act: (one: Instance) => Promise<unknown>) => async () => {
    for (const one of instances.slice(0, count)) await act(one);
  };
  const first = COUNTS.map((n) => ({ times: 30, act: each(n, (one) => readUnseen(one, cookies)) }));
  const again = COUNTS.map((n) => ({ times: 500, act: each(n, (one) => read(one, cookies)) }));
  return {
    title: 'Instances',
    text: 'One cookie, read by several instances in one process, each with its own keys and sessions. Costs are sums over all instances; ratios are relative to the first row.',
    size: 'instances',
    ...(await twoLines(
      COUNTS,
      [
        { name: 'first reads, µs', ratio: 'first reads, ratio', said: 'first reads', tasks: first },
        {
          name: 'later reads, µs',
          ratio: 'later reads, ratio',
          said: 'later reads',
          tasks: again,
        },
      ],
      passes,
    )),
  };
}
