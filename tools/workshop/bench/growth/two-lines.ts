import type { Curve } from './curve';
import { interleaved, medians, type Task } from './interleave';
import { inWords, orderOf } from './order';

/** One line of a curve: the names of its figure and its ratio, and the task that is measured at each size. */
export interface Line {
  readonly name: string;
  readonly ratio: string;
  /** The name of the line in the sentence on its order. */
  readonly said: string;
  readonly tasks: readonly Task[];
}

/**
 * Measures two lines over the same sizes, in the same passes. The ratios of each are relative to its own first size.
 *
 * @param sizes in ascending order
 * @param lines each with a task for each size
 * @param passes how often to measure each cost
 */
export async function twoLines(
  sizes: readonly number[],
  lines: readonly [Line, Line],
  passes: number,
): Promise<Pick<Curve, 'rows' | 'orders'>> {
  const costs = await interleaved(
    lines.flatMap(({ tasks }) => tasks),
    passes,
  );
  const measured = lines.map((line, index) => {
    const own = costs.slice(index * sizes.length, (index + 1) * sizes.length);
    return { ...line, medians: medians(own, own[0] ?? []) };
  });
  return {
    rows: sizes.map((size, index) => ({
      size,
      figures: Object.fromEntries(
        measured.flatMap((line) => [
          [line.name, line.medians[index]?.micros ?? null],
          [line.ratio, line.medians[index]?.ratio ?? null],
        ]),
      ),
    })),
    orders: measured.map((line) => {
      const points = line.medians.map(({ micros }, index) => ({ x: sizes[index] ?? 0, y: micros }));
      return `${line.said}: ${inWords(orderOf(points))}`;
    }),
  };
}
