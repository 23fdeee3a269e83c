/**
 * `npm run --prefix tools/workshop cold`: starts the site and the site without its sign-in, in pairs and in turn, on each
 * host, up to the first private page, and lists what they load before it. Writes its part of `docs/performance.md`.
 * Linux only. Needs the packages of the bench and of tools/workshop/vercel, which it installs.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { progress } from '../../setup/progress.js';
import { APPS } from '../bench/apps';
import { checkVersions, machine } from '../bench/machine';
import { between } from '../bench/report/table';
import { installPackages } from '../support/host-tests';
import { buildFolder, buildFor, HOSTS, type Host, startOnce } from './hosts';
import { type Loaded, type Share, shares } from './loaded';
import { loadedTable, type Pairs, startTable } from './report';
import type { ColdStart } from './start';

/** Cognito's keys come over the network, the local pool's from this machine. In milliseconds. */
const KEYS_AFTER = 100;
const TIMES = 20;

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: String(TIMES) },
    built: { type: 'boolean', default: false },
  },
});
const times = Number(values.times);

checkVersions();
for (const folder of ['bench', 'vercel']) await installPackages(`tools/workshop/${folder}`);
const site = await builds('site');
const bare = await builds('site-bare');
const rows: Pairs[] = [];
for (const host of HOSTS) rows.push(await pairs(host, 0));
const [nextStart] = HOSTS;
if (!nextStart) throw new Error('There is no host.');
rows.splice(1, 0, await pairs(nextStart, KEYS_AFTER));
console.log(`\n${startTable(rows)}\n`);
const found = [await loaded(nextStart, site), await loaded(nextStart, bare)] as const;
const text = `${conditions()}\n\n${startTable(rows)}\n\n${loadedTable(...found)}`;
console.log(`\n${text}\n`);
if (times >= TIMES && !values.built) {
  const file = 'docs/performance.md';
  writeFileSync(file, between(readFileSync(file, 'utf8'), text, 'cold'));
}
// A pool's connections may still be open.
process.exit();

/** The folder of a site's build for each host. With `--built`, those of the last run. */
async function builds(name: string): Promise<(host: Host) => string> {
  const app = APPS.find((one) => one.name === name);
  if (!app) throw new Error(`tools/workshop/bench/apps.ts has no ${name}.`);
  if (values.built) return (host) => buildFolder(app, host);
  const done = new Set<string>();
  for (const host of HOSTS) {
    if (done.has(host.build.name)) continue;
    done.add(host.build.name);
    await step(`building ${name}, ${host.build.name}`, () => buildFor(app, host));
  }
  return (host) => buildFolder(app, host);
}

/** Starts both sites in turn, each first every other time. */
function pairs(host: Host, keysAfter: number): Promise<Pairs> {
  return step(`${times} pairs of starts: ${host.title}, ${keysAfter} ms`, async () => {
    const starts: { site: ColdStart[]; bare: ColdStart[] } = { site: [], bare: [] };
    for (let n = 0; n < times; n++) {
      for (const which of n % 2 ? (['site', 'bare'] as const) : (['bare', 'site'] as const)) {
        const folder = (which === 'site' ? site : bare)(host);
        starts[which].push(await startOnce(folder, host, { keysAfter }));
      }
    }
    return { title: host.title, keysAfter, ...starts };
  });
}

/** What one start loads. It isn't timed, because the trace takes time itself. */
async function loaded(host: Host, folder: (host: Host) => string): Promise<Share[]> {
  const trace = join(mkdtempSync(join(tmpdir(), 'cold-')), 'trace.json');
  const hook = resolve('tools/workshop/cold/trace.cjs');
  await startOnce(folder(host), host, {
    keysAfter: 0,
    environment: { NODE_OPTIONS: `--require ${hook}`, COLD_TRACE: trace },
    async after(pid) {
      process.kill(pid, 'SIGUSR2');
      while (!existsSync(trace)) await wait(20);
      await wait(200);
    },
  });
  const files: Loaded[] = JSON.parse(readFileSync(trace, 'utf8'));
  rmSync(dirname(trace), { recursive: true });
  return shares(files);
}

function conditions(): string {
  const { processor, processors, system, versions } = machine();
  const date = new Date().toISOString().slice(0, 10);
  return `Measured on ${date}: ${processors} × ${processor}, ${system}, node ${versions.node}, next ${versions.next}; ${times} pairs of starts in each row.`;
}

async function step<T>(label: string, act: () => Promise<T>): Promise<T> {
  const done = progress(label);
  const result = await act();
  done(true, 'done');
  return result;
}
