import { table } from '../report/table';

/** Figures by the size that they depend on. */
export interface Curve {
  readonly title: string;
  /** What is said under the title: Markdown. */
  readonly text: string;
  /** What the first column counts. */
  readonly size: string;
  readonly rows: readonly Row[];
  /** A sentence for each figure whose order is stated. */
  readonly orders: readonly string[];
}

/** The figures at one size; null where there can be none. */
export interface Row {
  readonly size: number;
  readonly figures: Readonly<Record<string, number | null>>;
}

/**
 * All curves as Markdown: a heading, a table and the orders of each.
 *
 * @param curves each with at least one row
 */
export function curvesInMarkdown(curves: readonly Curve[]): string {
  return curves.map(inMarkdown).join('\n\n');
}

function inMarkdown({ title, text, size, rows, orders }: Curve): string {
  const columns = Object.keys(rows[0]?.figures ?? {});
  const cells = rows.map((row) => [
    row.size.toLocaleString('en-US'),
    ...columns.map((column) => shown(row.figures[column] ?? null)),
  ]);
  const list = orders.map((order) => `- ${order}`).join('\n');
  return `### ${title}\n\n${text}\n\n${table([size, ...columns], cells)}\n\n${list}`;
}

/**
 * A figure with as many digits as say something.
 *
 * @param value any, or null for none
 */
export function shown(value: number | null): string {
  if (value === null) return '-';
  if (Number.isInteger(value) || Math.abs(value) >= 100) {
    return Math.round(value).toLocaleString('en-US');
  }
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
