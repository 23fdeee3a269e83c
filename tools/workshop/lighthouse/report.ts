/** The parts of Lighthouse's result that the report uses. */
export interface LighthouseResult {
  /** Lighthouse's own measure of the machine's speed during the run; an idle desktop reaches 1500 or more. */
  readonly environment: { readonly benchmarkIndex: number };
  readonly categories: Readonly<
    Record<
      string,
      {
        readonly score: number | null;
        readonly auditRefs: readonly { readonly id: string; readonly weight: number }[];
      }
    >
  >;
  readonly audits: Readonly<
    Record<
      string,
      {
        readonly title: string;
        readonly score: number | null;
        readonly scoreDisplayMode: string;
        readonly displayValue?: string;
      }
    >
  >;
}

/** The order in which the scores are printed. */
export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

/**
 * The four scores, from 0 to 100.
 *
 * @param result of Lighthouse
 */
export function scoresOf({ categories }: LighthouseResult): number[] {
  return CATEGORIES.map((name) => Math.round((categories[name]?.score ?? 0) * 100));
}

/**
 * Every audit below full score.
 *
 * @param result of Lighthouse
 * @returns a line for each: its score, whether it counts, its title and value
 */
export function shortcomings({ categories, audits }: LighthouseResult): string[] {
  return CATEGORIES.flatMap((name) =>
    (categories[name]?.auditRefs ?? []).flatMap(({ id, weight }) => {
      const audit = audits[id];
      if (!audit || audit.score === null || audit.score >= 1) return [];
      const counts = weight > 0 ? `weight ${weight}` : 'not counted';
      const value = audit.displayValue ? `: ${audit.displayValue}` : '';
      return [`${name}, ${id}: ${audit.score} (${counts}), ${audit.title}${value}`];
    }),
  );
}
