/** `npm run local-pool`: starts the pool alone and prints the site's environment. */
import { randomBytes } from 'node:crypto';
import { CLI_HELP, type CliOptions, parseCliOptions } from './cli-options';
import { runCommand } from './command';
import { onStop } from './on-stop';
import { messageLine } from './outbox';
import { seedClients, seedUsers } from './seed';
import { serveLocalPool } from './serve';
import type { AppClient } from './settings';
import { remarkOn } from './user-remark';
import { watchSeeds } from './watch-seeds';

await runCommand(main);

async function main(): Promise<number> {
  const parsed = parseCliOptions(process.argv.slice(2));
  if (parsed.kind === 'wrong') {
    console.error(parsed.message);
    return 2;
  }
  if (parsed.kind === 'help') {
    console.error(CLI_HELP);
    return 0;
  }
  return await run(parsed.options);
}

async function run(options: CliOptions): Promise<number> {
  const { site, publicClient } = options;
  const adjust = (clients: readonly AppClient[]) => adjustClients(clients, options);
  const stopped = new Promise<void>((resolve) => onStop(resolve));
  const [clients, users] = [seedClients(site), seedUsers()];
  const client = publicClient ? publicIdOf(clients) : clients[0]?.clientId;
  if (client === undefined) {
    console.error(`seed.ts defines no ${publicClient ? 'public app client' : 'app client'}.`);
    return 2;
  }
  const { pool, origin, close } = await serveLocalPool({
    port: options.port,
    clients: adjust(clients),
    users,
    passkeys: true,
    onMessage: (message) => console.error(messageLine(message)),
  });
  const environment = {
    ...pool.environment({ redirectUri: `${site}/login`, logoutUri: `${site}/`, client }),
    SESSION_SECRET: randomBytes(32).toString('base64url'),
  };
  for (const [name, value] of Object.entries(environment)) console.log(`${name}=${value}`);
  console.error(`The local user pool is running at ${origin}. Press Ctrl-C to stop it.`);
  for (const user of users) {
    console.error(`  ${user.username} / ${user.password ?? ''}   ${remarkOn(user)}`);
  }
  console.error(`Emails appear here and at ${origin}/local-outbox.`);
  console.error(`Control panel (token lifetimes, outages and more): ${origin}/local-control`);
  if (new URL(site).hostname === new URL(origin).hostname) {
    console.error(
      'Note: the pool and the site have the same host name and share cookies. Use localhost for the site.',
    );
  }

  const unwatch = watchSeeds({ pool, site, adjust, say: console.error });
  await stopped;
  unwatch();
  await close();
  console.error('The local user pool has stopped.');
  return 0;
}

/** `--access-seconds` applies to every client, `--rotation` only to the one that is printed. */
function adjustClients(clients: readonly AppClient[], options: CliOptions): AppClient[] {
  const { publicClient, rotationGraceSeconds: graceSeconds, accessSeconds } = options;
  const printed = publicClient ? publicIdOf(clients) : clients[0]?.clientId;
  return clients.map((client) => ({
    ...client,
    ...(accessSeconds && { accessTokenSeconds: accessSeconds, idTokenSeconds: accessSeconds }),
    ...(graceSeconds !== undefined &&
      client.clientId === printed && { rotation: { graceSeconds } }),
  }));
}

function publicIdOf(clients: readonly AppClient[]): string | undefined {
  return clients.find(({ clientSecret }) => clientSecret === undefined)?.clientId;
}
