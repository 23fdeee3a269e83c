/**
 * `npm run --prefix tools/workshop bench:profile`: what the server's main thread does during a view of the private page,
 * with a session that the process has seen before and with sessions that it has not seen. It builds this project's app
 * of the bench, takes CPU profiles of `next start`, and writes the table into `docs/performance.md`, unless it runs with
 * `-- --quick`. The threads of Web Crypto are not in it.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stopOnSignals } from '../../../setup/child.js';
import { progress } from '../../../setup/progress.js';
import { installPackages } from '../../support/host-tests';
import { APPS, type App } from '../apps';
import { assemble, build, folderOf, NEXT } from '../assemble';
import { load } from '../load';
import { checkVersions, machine } from '../machine';
import { writePart } from '../report/documents';
import { table } from '../report/table';
import { privateCell, type Running, start } from '../running';
import { type Profile, rowsOf, timeOf } from './groups';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const HOOK = fileURLToPath(new URL('hook.js', import.meta.url));
const FILE = join(HERE, 'results/profile.cpuprofile');

stopOnSignals({ grace: 1000 });
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const views = values.quick ? 200 : 2000;
const app = ours();
checkVersions();
await installPackages('tools/workshop/bench');
mkdirSync(join(HERE, 'results'), { recursive: true });
assemble(app);
await step('building', () => build(app));
const seen = await step(`${views} views of one session`, () => profile('one'));
const unseen = await step(`${views} views of as many sessions`, () => profile('distinct'));

const { processor, processors, system, versions } = machine();
const date = new Date().toISOString().slice(0, 10);
const head = ['milliseconds per view', 'seen before', 'never seen before', 'difference'];
const text = `Measured on ${date}: ${processors} × ${processor}, ${system}, node ${versions.node}, next ${versions.next}; ${views} views of each kind.

${table(head, rowsOf(seen, unseen))}`;
console.log(`\n${text}\n`);
if (!values.quick) writePart('profile', text);
process.exit();

function ours(): App {
  const found = APPS.find(({ name }) => name === 'ours');
  if (!found) throw new Error('tools/workshop/bench/apps.ts has no app of this project.');
  return found;
}

async function profile(sessions: 'one' | 'distinct'): Promise<Map<string, number>> {
  const running = await start(app, {
    folder: folderOf(app),
    command: ['--import', HOOK, NEXT, 'start'],
    environment: (own) => ({ ...own, PROFILE_FILE: FILE }),
  });
  rmSync(FILE, { force: true });
  // V8 compiles the code in use during the first thousand views.
  await view(running, views, sessions);
  const cookies = await cookiesFor(running, views, sessions);
  process.kill(running.group, 'SIGUSR2');
  await wait(500);
  await load({ ...privateCell(running), cookies }, { requests: views, concurrency: 8 });
  process.kill(running.group, 'SIGUSR2');
  while (!existsSync(FILE)) await wait(100);
  await wait(1000);
  await running.close();
  const read: Profile = JSON.parse(readFileSync(FILE, 'utf8'));
  return timeOf(read, views);
}

async function view(running: Running, requests: number, sessions: 'one' | 'distinct') {
  const cookies = await cookiesFor(running, requests, sessions);
  await load({ ...privateCell(running), cookies }, { requests, concurrency: 8 });
}

async function cookiesFor(running: Running, count: number, sessions: 'one' | 'distinct') {
  return sessions === 'one' ? [running.session] : await running.forgeMany(count);
}

async function step<T>(label: string, act: () => Promise<T>): Promise<T> {
  const done = progress(label);
  const result = await act();
  done(true, 'done');
  return result;
}
