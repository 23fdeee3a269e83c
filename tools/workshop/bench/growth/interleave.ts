import { quantile, ratios, shuffled } from '../figures';

/** Something whose cost is measured. */
export interface Task {
  /** How often to call it in each pass. */
  readonly times: number;
  readonly act: () => Promise<unknown>;
}

/**
 * Measures each task in every pass, in a different order each time. Whatever slows a pass down slows all tasks
 * down. An extra first pass only warms up.
 *
 * @param tasks at least one
 * @param passes how many
 * @returns for each task, its cost in each pass: microseconds of processor time per call, over all threads of
 *   this process
 */
export async function interleaved(tasks: readonly Task[], passes: number): Promise<number[][]> {
  const costs = tasks.map((): number[] => []);
  for (let pass = 0; pass <= passes; pass++) {
    for (const [index, task] of shuffled([...tasks.entries()], pass)) {
      const cost = await costOf(task);
      if (pass > 0) costs[index]?.push(cost);
    }
  }
  return costs;
}

/**
 * Measures what one call costs.
 *
 * @param task called repeatedly, one call after the other
 * @returns microseconds of processor time, of all threads
 */
export async function costOf({ times, act }: Task): Promise<number> {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time++) await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}

/**
 * The medians of costs, and their ratios to a base in the same pass.
 *
 * @param costs from `interleaved`
 * @param base the costs that count as 1, in the same passes
 */
export function medians(
  costs: readonly (readonly number[])[],
  base: readonly number[],
): { micros: number; ratio: number }[] {
  return costs.map((each) => ({
    micros: quantile(each, 0.5),
    ratio: quantile(ratios(each, base), 0.5),
  }));
}
