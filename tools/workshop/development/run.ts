/**
 * `npm run --prefix tools/workshop development`: measures what a developer waits for, in a copy of the project: the first
 * page of `npm run dev`, an edit until the browser shows it, and each step of `npm test`. Prints tables and writes them
 * into `docs/performance.md`. `-- --no-tests` leaves out `npm test`, and changes no document. Linux only.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { stopOnSignals } from '../../setup/child.js';
import { progress } from '../../setup/progress.js';
import { quantile } from '../bench/figures';
import { machine } from '../bench/machine';
import { between, table } from '../bench/report/table';
import { copyRepository } from '../support/copy';
import { counts } from './counts';
import { startDevelopment } from './dev-server';
import { measureEdits } from './edits';
import { type Step, stepsOf } from './test-steps';

const TIMES = 5;

const options = { 'no-tests': { type: 'boolean', default: false } } as const;
const { values } = parseArgs({ options });

stopOnSignals({ grace: 1500 });
const copy = copyRepository();
const starts: [what: string, seconds: number[]][] = [];
for (const [what, isFirst] of [
  ['`npm run dev` to the first page, nothing compiled before', true],
  ['the same again, with the compiled files of the last time', false],
] as const) {
  starts.push([what, await step(what, () => repeat(() => startOnce(isFirst)))]);
}
const edits = await step('edits', async () => {
  const server = await startDevelopment(copy.folder, copy.env, false);
  try {
    return await measureEdits(copy.folder, server.origin, TIMES);
  } finally {
    await server.stop();
  }
});
const steps = values['no-tests'] ? [] : await step('npm test', runTests);

const seconds = (all: readonly number[]) =>
  [0.5, 0.25, 0.75].map((part) => `${quantile(all, part).toFixed(1)} s`);
const { processor, processors, system, versions } = machine();
const date = new Date().toISOString().slice(0, 10);
const text = [
  `Measured on ${date}: ${processors} × ${processor}, ${system}, node ${versions.node}, next ${versions.next}; medians of ${TIMES}.`,
  table(
    ['', 'median', 'lower quartile', 'upper quartile'],
    [...starts, ...edits].map(([what, all]) => [what, ...seconds(all)]),
  ),
  table(
    ['', 'files', 'limit'],
    counts().map(({ what, value, most }) => [what, String(value), String(most)]),
  ),
  ...(steps.length > 0 ? [stepTable(steps)] : []),
].join('\n\n');
console.log(`\n${text}\n`);
if (steps.length > 0) {
  const file = 'docs/performance.md';
  writeFileSync(file, between(readFileSync(file, 'utf8'), text, 'development'));
}
process.exit();

async function startOnce(isFirst: boolean): Promise<number> {
  const server = await startDevelopment(copy.folder, copy.env, isFirst);
  await server.stop();
  return server.seconds;
}

async function repeat(act: () => Promise<number>): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < TIMES; n++) all.push(await act());
  return all;
}

async function runTests(): Promise<Step[]> {
  const { ok, output } = await copy.node(['tools/test/run.js']);
  if (!ok) throw new Error(output);
  return stepsOf(output);
}

function stepTable(all: readonly Step[]): string {
  return table(
    ['step of `npm test`', 'result', 'time'],
    all.map(({ name, result, seconds }) => [name, result, `${Math.round(seconds)} s`]),
  );
}

async function step<T>(label: string, act: () => Promise<T>): Promise<T> {
  const done = progress(label);
  const result = await act();
  done(true, 'done');
  return result;
}
