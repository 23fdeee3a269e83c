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
import {
  type DevPlan,
  explainIncomplete,
  localPoolNotice,
  planDevelopment,
  realPoolNotice,
} from './dev/plan';
import {
  type ClaimedPort,
  claimPort,
  type DevOptions,
  loopbackPortOf,
  portTaken,
  readOptions,
  USAGE,
} from './dev/port';
import { type SiteProcess, startSite, untilAnswering } from './dev/site-process';

await runCommand(main);

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    console.log(USAGE);
    return 0;
  }
  // Copied before the .env files are loaded: the site loads them itself, and reloads them on changes.
  const ownEnv = { ...process.env };
  const { plan, files, combined } = readPlan();
  if (plan.kind === 'incomplete') {
    console.error(explainIncomplete(plan, files));
    return 1;
  }
  const callback = plan.kind === 'real-pool' ? combined.COGNITO_REDIRECT_URI : undefined;
  const options = readOptions(process.argv.slice(2), ownEnv.PORT, loopbackPortOf(callback));
  if ('problem' in options) {
    console.error(`${options.problem}\n\n${USAGE}`);
    return 2;
  }
  const claimed = await claimPort(options.port, options.isFixed ? 1 : undefined);
  if (claimed === null) {
    console.error(portTaken(options));
    return 1;
  }
  if (plan.kind === 'real-pool') {
    const notice = realPoolNotice(originOf(claimed), callback ?? '');
    return await runUntilStopped(
      startSite(claimed.port, options.host, ownEnv),
      null,
      claimed,
      notice,
    );
  }
  return await runWithLocalPool(
    claimed,
    options,
    ownEnv,
    (combined.SESSION_SECRET ?? '').trim() !== '',
  );
}

function originOf({ port }: ClaimedPort): string {
  return `http://localhost:${port}`;
}

function readPlan(): { plan: DevPlan; files: string[]; combined: Env } {
  const quiet = { info: () => {}, error: console.error };
  const { combinedEnv, loadedEnvFiles } = nextEnv.loadEnvConfig(process.cwd(), true, quiet);
  const files = loadedEnvFiles.map((file) => file.path);
  return { plan: planDevelopment(combinedEnv), files, combined: combinedEnv };
}

async function runWithLocalPool(
  claimed: ClaimedPort,
  { port: wanted, host }: DevOptions,
  env: Env,
  hasSecret: boolean,
): Promise<number> {
  const { port } = claimed;
  const origin = originOf(claimed);
  const served = await servePool(origin);
  const settings = served.pool.environment({
    redirectUri: `${origin}/login`,
    logoutUri: `${origin}/`,
  });
  const secret = hasSecret ? {} : { SESSION_SECRET: randomBytes(32).toString('base64url') };
  const site = startSite(port, host, { ...env, ...settings, ...secret });
  const unwatch = watchSeeds({ pool: served.pool, site: origin, say: console.log });
  const notice = localPoolNotice(origin, served.origin, seedUsers(), {
    taken: port === wanted ? undefined : wanted,
  });
  return await runUntilStopped(site, served, claimed, notice).finally(unwatch);
}

async function servePool(site: string): Promise<ServedPool> {
  const claimed = await claimPort(DEFAULT_POOL_PORT);
  if (claimed === null) throw new Error(`No port from ${DEFAULT_POOL_PORT} on is free.`);
  return await serveLocalPool({
    port: claimed.port,
    clients: seedClients(site),
    users: seedUsers(),
    passkeys: true,
    onMessage: (message) => console.log(messageLine(message)),
  }).finally(claimed.release);
}

/** Stops the site and the local pool together, whichever ends first. */
async function runUntilStopped(
  site: SiteProcess,
  served: ServedPool | null,
  claimed: ClaimedPort,
  notice: string,
): Promise<number> {
  const asked = new Promise<'asked'>((resolve) => onStop(() => resolve('asked')));
  const answering = untilAnswering(
    `${originOf(claimed)}/`,
    Promise.race([site.ended, asked.then(() => 0)]),
  ).then((isAnswering) => {
    claimed.release();
    site.showAll();
    if (isAnswering) console.log(notice);
  });

  const end = await Promise.race([site.ended, asked]);
  await Promise.all([site.stop(), answering]);
  await served?.close();
  const what = served ? 'the site and the local pool' : 'the site';
  if (end === 'asked') {
    console.log(`\nStopped ${what}.`);
    return 0;
  }
  console.error(`\nStopped ${what}, because next dev exited with code ${end}.`);
  return end;
}
