/**
 * `npm run --prefix tools/workshop bench`: measures what sign-in costs a server. It builds the same two pages with this
 * project, with other libraries and with none, and this site with and without its sign-in. It measures all of them in
 * one run, in turn. It writes the raw figures into `tools/workshop/bench/results/latest.json` and, after a complete
 * run, the tables in `docs/performance.md` and the figures in `docs/cost-at-scale.md`. `-- --help` lists the options.
 * Linux only: it reads the servers' processor time from /proc.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stopOnSignals } from '../../setup/child.js';
import { isInstalled } from '../../setup/ensure-installed.js';
import { progress } from '../../setup/progress.js';
import { APPS, type App, appsFor, BARE, counterpartOf, EMPTY, isInScenarios } from './apps';
import { assemble, build, folderOf } from './assemble';
import { type Weights, weigh } from './bytes';
import { cacheablePages, type Pages } from './cacheable';
import { cellsOf, instancesCell } from './cells';
import { coldStarts } from './cold-start';
import { ask } from './load';
import { checkVersions, machine } from './machine';
import { type Measured, measureRound, type Sample, warmUp } from './measure';
import { type MemoryCurve, memoryCurves } from './memory';
import { HELP, isWhole, type Options, readOptions } from './options';
import { writeDocuments } from './report/documents';
import { fullReport } from './report/report';
import type { Results } from './report/results';
import { privateCell, type Running, start } from './running';
import { checkTypes, install } from './set-up';
import { buildForVercel, VERCEL_PACKAGES, vercelHost } from './vercel';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const RESULTS = join(HERE, 'results/latest.json');

stopOnSignals({ grace: 1000 });
try {
  await main();
} catch (error) {
  console.error(reasonsOf(error).join('\n'));
  process.exitCode = 1;
}
// Ends the servers too: an exit handler in `servers.ts` kills them.
process.exit();

async function main(): Promise<void> {
  const options = readOptions(
    process.argv.slice(2),
    APPS.map(({ name }) => name),
  );
  if (options === null) return console.log(HELP);
  if (!existsSync('/proc/self/stat')) {
    throw new Error('The bench reads processor time from /proc, which only Linux has.');
  }
  await bench(options);
}

function reasonsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  return [error.message, ...(error.cause === undefined ? [] : reasonsOf(error.cause))];
}

async function bench(wanted: Options): Promise<void> {
  const apps = appsFor(wanted.only);
  // Only these apps are measured on several instances.
  const spread = wanted.scenarios.includes('instances') ? apps.filter(isInScenarios) : [];
  checkVersions();
  for (const folder of [HERE, ...(spread.length > 0 ? [VERCEL_PACKAGES] : [])]) {
    await step(`installing the packages of ${folder}`, !isInstalled(folder), () => install(folder));
  }
  await step('checking the types of the bench', true, checkTypes);
  if (!wanted.built) {
    for (const app of apps) await make(app);
    for (const app of spread) {
      await step(`building ${app.name} for Vercel`, true, () => buildForVercel(app));
    }
  }

  const weights: Record<string, Weights> = {};
  let pages: Pages = {};
  const running: Running[] = [];
  await step(`starting ${apps.length} sites`, true, async () => {
    for (const app of apps) running.push(await start(app));
    for (const one of running) {
      await mustRefuse(one);
      weights[one.app.name] = await weigh(privateCell(one), folderOf(one.app));
      pages = { ...pages, ...(await cacheablePages(one)) };
    }
  });
  const measured: Measured[] = running.flatMap((one) =>
    cellsOf(one, wanted.scenarios).map((cell) => ({ cell, running: one })),
  );
  await step(`starting ${spread.length} sites as on Vercel`, spread.length > 0, async () => {
    for (const app of spread) {
      const one = await start(app, vercelHost(app));
      await mustRefuse(one);
      running.push(one);
      measured.push({ cell: instancesCell(one), running: one });
    }
  });
  await step('warming up', true, () => warmUp(measured, wanted.requests));
  const samples = await rounds(measured, wanted);
  for (const one of running) await one.close();

  const found = {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    options: wanted,
    apps: apps.map(({ name }) => name),
    weights,
    pages,
    samples,
  };
  // Saved after each step, because the next ones take long and may fail.
  const whole = isWhole(wanted);
  const save = (results: Results) => {
    writeResults(results);
    if (whole) writeDocuments(results, apps);
    return results;
  };
  save({ ...found, starts: [], memory: [] });
  const starts = await step(
    `${wanted.starts} cold starts of ${apps.length} sites`,
    wanted.starts > 0,
    () => coldStarts(apps, wanted.starts),
  );
  save({ ...found, starts: starts ?? [], memory: [] });
  const memory = await memories(apps, wanted.memory);
  const results = save({ ...found, starts: starts ?? [], memory });
  console.log(`\n${fullReport(results, apps)}\n`);
  console.log(
    `Measured ${samples.length} figures of ${apps.length} sites. Raw figures: tools/workshop/bench/results/latest.json. ${
      whole ? 'Updated docs/performance.md and docs/cost-at-scale.md.' : 'No document was changed.'
    }`,
  );
}

function writeResults(results: Results): void {
  mkdirSync(dirname(RESULTS), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify(results)}\n`);
}

async function make(app: App): Promise<void> {
  assemble(app);
  await step(`building ${app.name}`, true, () => build(app));
}

/** The private page must require a session; otherwise its figures would be those of an open page. */
async function mustRefuse(one: Running): Promise<void> {
  const { refusal } = one.app;
  if (refusal !== null) await ask({ ...privateCell(one), status: refusal, text: '' }, '');
}

async function rounds(measured: readonly Measured[], wanted: Options): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let round = 1; round <= wanted.rounds; round++) {
    const label = `round ${round} of ${wanted.rounds}, ${measured.length} figures`;
    const taken = await step(label, true, () => measureRound(measured, round, wanted.requests));
    samples.push(...(taken ?? []));
  }
  return samples;
}

async function memories(apps: readonly App[], requests: number): Promise<MemoryCurve[]> {
  // Only the bare app and apps that cache sessions and have the same pages, so that the size of a page
  // makes no difference. They run at the same time, because nothing is timed here.
  const asked = apps.filter(
    (app) => app.name === BARE || (app.caches && counterpartOf(app) === EMPTY),
  );
  const curves = await step(
    `memory of ${asked.map(({ name }) => name).join(', ')}`,
    requests > 0,
    () => Promise.all(asked.map((app) => memoryCurves(app, requests))),
  );
  return curves?.flat() ?? [];
}

async function step<T>(
  label: string,
  needed: boolean,
  act: () => Promise<T>,
): Promise<T | undefined> {
  if (!needed) return undefined;
  const done = progress(label);
  try {
    const result = await act();
    done(true, 'done');
    return result;
  } catch (error) {
    done(false, 'failed');
    throw error;
  }
}
