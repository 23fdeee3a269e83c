import { randomBytes } from 'node:crypto';
import type { Curve } from './curve';
import { interleaved, medians } from './interleave';
import { inWords, orderOf } from './order';
import { signedTokens, usualPerson } from './people';
import { type Cookies, newInstance, read, readUnseen, sealSmall } from './reader';

const SIZES = [100, 500, 1000, 2000, 4000, 8000, 15_000];
const NAME = '__Host-session';
/** The most chunks that iron-session opens. */
const PIECES = 4;

/** Measures what a request with a forged cookie costs, by the size of the cookie. */
export async function hostileCurve(passes: number): Promise<Curve> {
  const cookies = await sealSmall(signedTokens(usualPerson()));
  const model = cookies.get(NAME);
  if (model === undefined) throw new Error('The usual session takes more than one cookie.');
  const kinds: [string, (size: number) => Cookies][] = [
    ['forged seal', (size) => new Map([[NAME, forged(model, size)]])],
    ['no seal', (size) => new Map([[NAME, noise(size)]])],
    ['in pieces', (size) => pieces(forged(model, size))],
  ];
  const instance = newInstance();
  await read(instance, cookies);
  const hostile = kinds.flatMap(([, make]) => SIZES.map(make));
  for (const each of hostile) {
    if (await read(instance, each)) throw new Error('A forged session was accepted.');
  }
  const acts = [
    () => readUnseen(instance, cookies),
    ...hostile.map((each) => () => read(instance, each)),
  ];
  const costs = await interleaved(
    acts.map((act) => ({ times: 60, act })),
    passes,
  );
  const all = medians(costs.slice(1), costs[0] ?? []);
  const of = (kind: number) => all.slice(kind * SIZES.length, (kind + 1) * SIZES.length);
  return {
    title: 'Bytes of a hostile cookie',
    text: `Ratios are relative to the first read of a valid session of ${model.length.toLocaleString('en-US')} characters. A forged seal has the right form and a wrong MAC, and has at least the roughly ${Math.round(frameOf(model) / 10) * 10} characters of its frame. In pieces, it is split into ${PIECES} cookies. The time to parse the header is not included.`,
    size: 'characters',
    rows: SIZES.map((size, index) => ({
      size,
      figures: Object.fromEntries(
        kinds.flatMap(([name], kind) => [
          [`${name}, µs`, of(kind)[index]?.micros ?? null],
          [`${name}, ratio`, of(kind)[index]?.ratio ?? null],
        ]),
      ),
    })),
    orders: kinds.map(([name], kind) => {
      const points = of(kind).map(({ micros }, index) => ({ x: SIZES[index] ?? 0, y: micros }));
      return `${name}: ${inWords(orderOf(points))}`;
    }),
  };
}

/** Replaces the encrypted text in a seal, so that its MAC is no longer valid. */
function forged(model: string, size: number): string {
  const text = noise(Math.max(1, size - frameOf(model)));
  return model.split('*').with(4, text).join('*');
}

/** How many characters of a seal are not the encrypted text. */
function frameOf(seal: string): number {
  return seal.length - (seal.split('*')[4] ?? '').length;
}

function noise(length: number): string {
  return randomBytes(length).toString('base64url').slice(0, length);
}

function pieces(value: string): Cookies {
  const length = Math.ceil(value.length / PIECES);
  return new Map(
    Array.from({ length: PIECES }, (_, index) => [
      `${NAME}.${index}`,
      value.slice(index * length, (index + 1) * length),
    ]),
  );
}
