import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { App } from '../apps';
import { measuredFor } from './measured';
import { fullReport } from './report';
import type { Results } from './results';
import { recalculated } from './scale';
import { between } from './table';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

/**
 * Writes the tables of a run into `docs/performance.md`, and what follows from it into `docs/cost-at-scale.md`.
 *
 * @param results of a complete run
 * @param apps in the order of the rows
 */
export function writeDocuments(results: Results, apps: readonly App[]): void {
  write('docs/performance.md', fullReport(results, apps));
  const scale = `${ROOT}docs/cost-at-scale.md`;
  writeFileSync(scale, recalculated(readFileSync(scale, 'utf8'), measuredFor(results)));
}

/**
 * Writes one part of `docs/performance.md`.
 *
 * @param name of its marks, e.g. `growth` for the curves of `npm run --prefix tools/workshop bench:growth`
 * @param text in Markdown
 */
export function writePart(name: string, text: string): void {
  write('docs/performance.md', text, name);
}

function write(file: string, text: string, marks?: string): void {
  const before = readFileSync(`${ROOT}${file}`, 'utf8');
  writeFileSync(`${ROOT}${file}`, between(before, text, marks));
}
