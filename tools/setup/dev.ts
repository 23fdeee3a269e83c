/** `npm run dev`: starts the local pool and the site; with a real user pool's settings, only the site. */
import { randomBytes } from 'node:crypto';
import nextEnv from '@next/env';
import { runCommand } from '../../lib/local-pool/src/command';
import { onStop } from '../../lib/local-pool/src/on-stop';
import { messageLine } from '../../lib/local-pool/src/outbox';
import type { Env } from '../../lib/local-pool/src/refuse-to-serve';
import { seedClients, seedUsers } from '../../lib/local-pool/src/seed';
import { type ServedPool, serveLocalPool } from '../../lib/local-pool/src/serve';
import { DEFAULT_POOL_PORT } from '../../lib/local-pool/src/settings';
import { watchSeeds } from '../../lib/local-pool/src/watch-seeds';
import { freePort } from './dev/free-port';
import { localPoolNotice, realPoolNotice } from './dev/notice';
import { type DevOptions, readOptions, USAGE } from './dev/options';
import { type DevPlan, explainIncomplete, planDevelopment } from './dev/plan';
import { type SiteProcess, startSite, untilAnswering } from './dev/site-process';

await runCommand(main);

async function main(): Promise<number> {
  // Copied before the .env files are loaded: the site loads them itself, and reloads them on changes.
  const ownEnv = { ...process.env };
  const { plan, files, combined } = readPlan();
  if (plan.kind === 'incomplete') {
    console.error(explainIncomplete(plan, files));
    return 1;
  }
  const options = readOptions(process.argv.slice(2), ownEnv.PORT);
  if ('problem' in options) {
    console.error(`${options.problem}\n\n${USAGE}`);
    return 2;
  }
  if (plan.kind === 'real-pool') return await runWithRealPool(options, ownEnv);
  return await runWithLocalPool(options, ownEnv, (combined.SESSION_SECRET ?? '').trim() !== '');
}

function readPlan(): { plan: DevPlan; files: string[]; combined: Env } {
  const quiet = { info: () => {}, error: console.error };
  const { combinedEnv, loadedEnvFiles } = nextEnv.loadEnvConfig(process.cwd(), true, quiet);
  const files = loadedEnvFiles.map((file) => file.path);
  return { plan: planDevelopment(combinedEnv), files, combined: combinedEnv };
}

async function runWithRealPool({ port, host }: DevOptions, env: Env): Promise<number> {
  const site = startSite(port, host, env);
  return await runUntilStopped(site, null, port, realPoolNotice(`http://localhost:${port}`));
}

async function runWithLocalPool(
  { port: wanted, host }: DevOptions,
  env: Env,
  hasSecret: boolean,
): Promise<number> {
  const port = await freePort(wanted);
  if (port !== wanted) console.log(`Port ${wanted} is in use. Using port ${port} for the site.`);
  const origin = `http://localhost:${port}`;
  const served = await servePool(origin);
  const settings = served.pool.environment({
    redirectUri: `${origin}/login`,
    logoutUri: `${origin}/`,
  });
  const secret = hasSecret ? {} : { SESSION_SECRET: randomBytes(32).toString('base64url') };
  const site = startSite(port, host, { ...env, ...settings, ...secret });
  const unwatch = watchSeeds({ pool: served.pool, site: origin, say: console.log });
  const notice = localPoolNotice(origin, served.origin, seedUsers());
  return await runUntilStopped(site, served, port, notice).finally(unwatch);
}

async function servePool(site: string): Promise<ServedPool> {
  const port = await freePort(DEFAULT_POOL_PORT);
  if (port !== DEFAULT_POOL_PORT) {
    console.log(`Port ${DEFAULT_POOL_PORT} is in use. Using port ${port} for the local pool.`);
  }
  return await serveLocalPool({
    port,
    clients: seedClients(site),
    users: seedUsers(),
    onMessage: (message) => console.log(messageLine(message)),
  });
}

/** Stops the site and the local pool together, whichever ends first. */
async function runUntilStopped(
  site: SiteProcess,
  served: ServedPool | null,
  port: number,
  notice: string,
): Promise<number> {
  const asked = new Promise<'asked'>((resolve) => onStop(() => resolve('asked')));
  void untilAnswering(
    `http://localhost:${port}/`,
    Promise.race([site.ended, asked.then(() => 0)]),
  ).then((answering) => answering && console.log(notice));

  const end = await Promise.race([site.ended, asked]);
  await site.stop();
  await served?.close();
  const what = served ? 'the site and the local pool' : 'the site';
  if (end === 'asked') {
    console.log(`\nStopped ${what}.`);
    return 0;
  }
  console.error(`\nStopped ${what}, because next dev exited with code ${end}.`);
  return end;
}
