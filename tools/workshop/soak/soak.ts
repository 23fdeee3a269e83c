/**
 * `npm run --prefix tools/workshop soak`: many browsers use three instances of the built site while tokens expire within
 * seconds, refresh tokens rotate, the user pool keeps failing, and users come and go. It prints what happened,
 * and exits with 1 if a user was signed out by accident or a session came back after its sign-out.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startCluster } from '../support/cluster';
import { createBrowser, type Tally } from './browser';
import { keepFailing } from './weather';

const HELP = `Usage: npm run --prefix tools/workshop soak -- [options]

  --minutes N          how long to run (default 10)
  --browsers N         number of browsers (default 200)
  --instances N        number of instances of the site (default 3)
  --token-seconds N    lifetime of ID and access tokens, in seconds (default 5)
  --grace N            grace period of refresh token rotation, in seconds, 0 to 60 (default 10)

Needs a build: npm run build`;

const options = {
  minutes: { type: 'string', default: '10' },
  browsers: { type: 'string', default: '200' },
  instances: { type: 'string', default: '3' },
  'token-seconds': { type: 'string', default: '5' },
  grace: { type: 'string', default: '10' },
  help: { type: 'boolean' },
} as const;

const { values } = parseArgs({ options });
if (values.help) console.log(HELP);
else process.exitCode = await soak();

async function soak(): Promise<number> {
  if (!existsSync('.next/BUILD_ID')) {
    console.error('There is no build to test. Run npm run build first.');
    return 2;
  }
  const seconds = Number(values.minutes) * 60;
  const life = Number(values['token-seconds']);
  // The memory of a small container: without a limit, Node may put off garbage collection for a long time.
  const env = { NODE_OPTIONS: '--max-old-space-size=192' };
  const site = await startCluster(Number(values.instances), { env });
  // Ctrl-C ends the run early and still prints the results so far; a second Ctrl-C exits immediately.
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopped = true;
    });
  }
  site.pool.changeClient({ rotation: { graceSeconds: Number(values.grace) } });
  site.pool.setLifetimes({ access: life, id: life });

  const tally: Tally = {
    requests: 0,
    sessions: 0,
    signOuts: 0,
    unavailable: 0,
    errors: 0,
    lost: 0,
    revived: 0,
  };
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  const isOver = () => stopped || elapsed() >= seconds;
  const browsers = Array.from({ length: Number(values.browsers) }, (_, index) =>
    createBrowser(site.origin, index % 2 === 0 ? 'alice' : 'bob', tally),
  );
  const people = browsers.map((browser) => browser.live(isOver));
  const weather = keepFailing(site.pool, isOver);

  // Memory is first read when all browsers have signed in and the caches that keep entries for a minute are full.
  const warm = Math.min(120, seconds / 2);
  let memoryAtStart = 0;
  const report = setInterval(() => {
    if (memoryAtStart === 0 && elapsed() >= warm) memoryAtStart = memory(site.pids);
    console.log(`${Math.round(elapsed())} s: ${JSON.stringify(tally)}, ${memory(site.pids)} MB`);
  }, 10_000);
  try {
    await Promise.all([...people, weather.ended]);
  } finally {
    clearInterval(report);
  }

  const requests = site.pool.requests();
  const refreshes = requests.filter(({ grantType }) => grantType === 'refresh_token');
  const lines: [string, string | number][] = [
    [
      'minutes, instances, browsers',
      `${(elapsed() / 60).toFixed(1)}, ${values.instances}, ${values.browsers}`,
    ],
    ['sessions', tally.sessions],
    ['requests', tally.requests],
    [
      'refreshes: calls, responses with 200',
      `${refreshes.length}, ${refreshes.filter(({ status }) => status === 200).length}`,
    ],
    ['faults of the user pool', weather.count()],
    ['503, session kept', tally.unavailable],
    ['other 5xx', tally.errors],
    ['sign-outs', tally.signOuts],
    ['sessions back after a sign-out', tally.revived],
    ['sessions lost', tally.lost],
    [
      `MB of all instances: after ${Math.round(warm)} s, at the end`,
      `${memoryAtStart}, ${memory(site.pids)}`,
    ],
  ];
  console.log();
  for (const [name, value] of lines) console.log(`${name.padEnd(48)}${value}`);
  if (tally.errors > 0) console.error(`\n${site.output().slice(-4000)}`);
  await site.close();
  return tally.lost + tally.revived + tally.errors > 0 ? 1 : 0;
}

/** Resident memory of these processes, in MB. */
function memory(pids: readonly number[]): number {
  const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', pids.join(',')], { encoding: 'utf8' });
  const total = kilobytes
    .trim()
    .split(/\s+/)
    .reduce((sum, size) => sum + Number(size), 0);
  return Math.round(total / 1024);
}
