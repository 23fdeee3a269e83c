import { table } from '../report/table';

/** Figures for several sizes of the quantity that they depend on. */
export interface Curve {
  readonly title: string;
  /** The text under the title, in Markdown. */
  readonly text: string;
  /** What the first column counts. */
  readonly size: string;
  readonly rows: readonly Row[];
  /** A sentence on the order of growth of some figures. */
  readonly orders: readonly string[];
}

/** The figures at one size; null where a figure isn't possible. */
export interface Row {
  readonly size: number;
  readonly figures: Readonly<Record<string, number | null>>;
}

/**
 * All curves in Markdown, each with a heading, a table and its orders of growth.
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
 * A figure with three significant digits or so.
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
