/**
 * `npm run --prefix tools/workshop bench:growth`: measures how the cost of a session grows. It reads sessions in this
 * process, prints the curves, and writes the raw figures into `tools/workshop/bench/results/growth.json`. Unless it
 * runs with `-- --quick`, it also writes the tables into `docs/performance.md`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { progress } from '../../../setup/progress.js';
import { machine } from '../machine';
import { writePart } from '../report/documents';
import { type Curve, curvesInMarkdown } from './curve';
import { distinctCurves } from './distinct';
import { hostileCurve } from './hostile';
import { instanceCurve } from './instances';
import { keyCurve } from './keys';
import { sizeCurves } from './sizes';

const RESULTS = fileURLToPath(new URL('../results/', import.meta.url));

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const { quick } = values;
const passes = quick ? 3 : 5;
const curves: Curve[] = [];
await take('size of a session', () => sizeCurves(passes));
await take('keys', async () => [await keyCurve(passes)]);
await take('hostile cookies', async () => [await hostileCurve(passes)]);
await take('instances', async () => [await instanceCurve(passes)]);
await take('distinct sessions', () => distinctCurves(quick));

const { processor, processors, system, versions } = machine();
const date = new Date().toISOString().slice(0, 10);
const text = `Measured on ${date}: ${processors} × ${processor}, ${system}, node ${versions.node}; ${passes} passes.

${curvesInMarkdown(curves)}`;
mkdirSync(RESULTS, { recursive: true });
const raw = { date, machine: machine(), passes, quick, curves };
writeFileSync(`${RESULTS}growth.json`, `${JSON.stringify(raw)}\n`);
console.log(`\n${text}\n`);
if (!quick) writePart('growth', text);

async function take(label: string, act: () => Promise<Curve[]>): Promise<void> {
  const done = progress(label);
  curves.push(...(await act()));
  done(true, 'done');
}
