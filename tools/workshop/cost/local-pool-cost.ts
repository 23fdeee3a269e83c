/** `npm run --prefix tools/workshop local-pool:cost`: measures the local user pool: CPU time to start, memory and size. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { progress } from '../../setup/progress.js';

const RUNS = 9;
const FOLDER = 'lib/local-pool/src';
/** Files that signing in doesn't need: the command line, its seeds and the test kit. */
const NOT_THE_POOL = /^(testing|cli|on-stop|command|seed(-print)?\.|load-seeds|watch-seeds)/;
const PACKAGES = ['hono', '@hono/node-server', 'jose', 'otpauth', '@noble/hashes', 'uqr'];
/** CPU time to the first response in ms, memory in MB, CPU time of a restart in the same process in ms. */
const TARGETS = { first: 300, memory: 80, restart: 8 };

interface Start {
  page: { cpu: number };
  jwks: { cpu: number };
  restart: { cpu: number; wall: number };
  idle: number;
  used: number;
}

const done = progress(`starting a pool ${RUNS} times`);
const starts = Array.from({ length: RUNS }, start);
done(true, 'done');

const page = spread(starts.map((one) => one.page.cpu));
const jwks = spread(starts.map((one) => one.jwks.cpu));
const restart = spread(starts.map((one) => one.restart.cpu));
const again = spread(starts.map((one) => one.restart.wall));
// The TypeScript loader keeps a compiler in memory, which isn't part of the pool. Its size is the difference
// between Node with the loader and Node without it.
const loader = emptyProcess('--import', 'tsx') - emptyProcess();
const idle = spread(starts.map((one) => (one.idle - loader) / 1e6));
const used = spread(starts.map((one) => (one.used - loader) / 1e6));
const files = filesIn(FOLDER);
const core = files.filter((file) => !NOT_THE_POOL.test(file.slice(FOLDER.length + 1)));

const rows: [string, string][] = [
  ['start to the first page, CPU', `${inWords(page)} ms`],
  ['start to the first JWKS, CPU', `${inWords(jwks)} ms: generates two RSA keys`],
  ['restart with shared keys, CPU', `${inWords(restart)} ms (${inWords(again)} ms wall time)`],
  ['memory after the first page', `${inWords(idle)} MB`],
  ['memory after 200 sets of tokens', `${inWords(used)} MB`],
  ['memory of the TypeScript loader', `${Math.round(loader / 1e6)} MB more`],
  ['code', `${size(files)}; the pool itself ${size(core)}`],
  ['packages', PACKAGES.map((name) => `${name} ${kilobytes(`node_modules/${name}`)}`).join(', ')],
];
for (const [name, value] of rows) console.log(`${name.padEnd(40)}${value}`);

const missed = [
  page.median > TARGETS.first ? `first response over ${TARGETS.first} ms` : '',
  used.median > TARGETS.memory ? `memory over ${TARGETS.memory} MB` : '',
  Math.round(restart.median) > TARGETS.restart ? `restart over ${TARGETS.restart} ms` : '',
].filter((text) => text !== '');
console.log(`\n${missed.length === 0 ? 'Every target is met.' : `Missed: ${missed.join(', ')}.`}`);
process.exitCode = missed.length === 0 ? 0 : 1;

function start(): Start {
  const script = fileURLToPath(new URL('./local-pool-start.ts', import.meta.url));
  const output = execFileSync(process.execPath, ['--import', 'tsx', script], { encoding: 'utf8' });
  return JSON.parse(output);
}

/** Resident memory of a Node process that does nothing, in bytes. */
function emptyProcess(...options: string[]): number {
  const script = 'console.log(process.memoryUsage.rss())';
  const args = [...options, '--input-type=module', '--eval', script];
  const sizes = Array.from({ length: 3 }, () => Number(execFileSync(process.execPath, args)));
  return spread(sizes).median;
}

interface Spread {
  median: number;
  least: number;
  most: number;
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return { median: at(Math.floor(sorted.length / 2)), least: at(0), most: at(sorted.length - 1) };
}

function inWords({ median, least, most }: Spread): string {
  return `${Math.round(median)} (${Math.round(least)} to ${Math.round(most)})`;
}

function filesIn(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return all.map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
}

function size(paths: readonly string[]): string {
  const texts = paths.map((path) => readFileSync(path, 'utf8'));
  const lines = texts.reduce((sum, text) => sum + text.split('\n').length - 1, 0);
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return `${lines} lines in ${paths.length} files, ${Math.round(bytes / 1000)} kB`;
}

function kilobytes(folder: string): string {
  const bytes = filesIn(folder).reduce((sum, path) => sum + statSync(path).size, 0);
  return `${Math.round(bytes / 1000)} kB`;
}
