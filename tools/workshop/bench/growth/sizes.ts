import { headerBytes, type ReferencePerson } from '../../../../tests/support/reference-tokens';
import type { Curve, Row } from './curve';
import { interleaved, medians } from './interleave';
import { inWords, orderOf } from './order';
import { personInGroups, personWithAttributes, signedTokens } from './people';
import { type Cookies, type Instance, newInstance, read, readUnseen, seal } from './reader';

const COUNTS = [0, 1, 5, 10, 25, 50, 100];

/** Measures what a session costs by its content: groups are in both tokens, attributes in the ID token only. */
export async function sizeCurves(passes: number): Promise<Curve[]> {
  return [
    await curveOf('Groups of a user', 'groups', personInGroups, passes),
    await curveOf('Custom attributes of a user', 'attributes', personWithAttributes, passes),
  ];
}

async function curveOf(
  title: string,
  size: string,
  personWith: (count: number) => ReferencePerson,
  passes: number,
): Promise<Curve> {
  const sealed: { count: number; cookies: Cookies }[] = [];
  const refused: number[] = [];
  for (const count of COUNTS) {
    const cookies = await seal(signedTokens(personWith(count)));
    if (cookies) sealed.push({ count, cookies });
    else refused.push(count);
  }
  const instance = newInstance();
  for (const { cookies } of sealed) await read(instance, cookies);
  const rows = await rowsOf(sealed, instance, passes);
  const order = (figure: string) =>
    inWords(orderOf(rows.map((row) => ({ x: row.size, y: row.figures[figure] ?? 0 }))));
  return {
    title,
    text: `A session that this process has never seen, and one that it has seen. Ratios are relative to the first row.${
      refused.length === 0
        ? ''
        : ` Sessions with ${refused.join(' and ')} ${size} do not fit into the cookies; such a sign-in fails.`
    }`,
    size,
    rows,
    orders: ['never seen, µs', 'seen, µs', 'cookie bytes'].map(
      (figure) => `${figure.split(',')[0]}: ${order(figure)}`,
    ),
  };
}

async function rowsOf(
  sealed: readonly { count: number; cookies: Cookies }[],
  instance: Instance,
  passes: number,
): Promise<Row[]> {
  const unseen = sealed.map(({ cookies }) => ({
    times: 40,
    act: () => readUnseen(instance, cookies),
  }));
  const seen = sealed.map(({ cookies }) => ({ times: 1000, act: () => read(instance, cookies) }));
  const costs = await interleaved([...unseen, ...seen], passes);
  const first = medians(costs.slice(0, sealed.length), costs[0] ?? []);
  const again = medians(costs.slice(sealed.length), costs[sealed.length] ?? []);
  return sealed.map(({ count, cookies }, index) => ({
    size: count,
    figures: {
      cookies: cookies.size,
      'cookie bytes': headerBytes(cookies),
      'never seen, µs': first[index]?.micros ?? null,
      'never seen, ratio': first[index]?.ratio ?? null,
      'seen, µs': again[index]?.micros ?? null,
      'seen, ratio': again[index]?.ratio ?? null,
    },
  }));
}
