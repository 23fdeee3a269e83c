import { readFileSync, writeFileSync } from 'node:fs';
import { between, table } from '../bench/report/table';
import { ownMiddleware } from '../support/weights';
import { groupOf, moduleOf, type Share, sharesOf } from './modules';

const DOCUMENT = 'docs/performance.md';
const MARK = 'modules';
/** How many rows the table has. */
const ROWS = 10;

/** The parts of the middleware that the document lists: the largest packages and folders, without Next. */
export function listedParts(): Share[] {
  return sharesOf(groupOf)
    .filter(({ name }) => name !== 'next')
    .slice(0, ROWS);
}

/** The table in the document, as it was last written. */
export function writtenParts(): Share[] {
  const [, text = ''] = readFileSync(DOCUMENT, 'utf8').split(`<!-- ${MARK} -->`);
  return [...text.matchAll(/^\| `(.*)` \| ([\d,]+) \|$/gm)].map(([, name = '', bytes = '']) => {
    return { name, bytes: Number(bytes.replaceAll(',', '')) };
  });
}

/**
 * Prints the share of each module, and of each package and folder, in the Edge middleware of the current build.
 *
 * @param write whether to write the largest of the latter into `docs/performance.md`
 */
export function reportModules(write: boolean): void {
  print(sharesOf(moduleOf));
  print(sharesOf(groupOf));
  if (!write) return;
  const parts = listedParts().map(({ name, bytes }) => [`\`${name}\``, formatted(bytes)]);
  const { own } = ownMiddleware();
  const day = new Date().toISOString().slice(0, 10);
  const text = `Measured on ${day}: ${formatted(own)} bytes over an empty middleware.\n\n${table(['part', 'bytes'], parts)}`;
  writeFileSync(DOCUMENT, between(readFileSync(DOCUMENT, 'utf8'), text, MARK));
  console.log(`Wrote ${DOCUMENT}.`);
}

function print(shares: readonly Share[]): void {
  for (const { name, bytes } of shares) console.log(`${String(bytes).padStart(7)}  ${name}`);
  console.log('');
}

function formatted(bytes: number): string {
  return bytes.toLocaleString('en-US');
}
