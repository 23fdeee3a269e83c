/** `npm run test:nginx`: the built site behind a real nginx, which must be installed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { randomToken } from '@/lib/cognito/protocol/pkce';
import { comeBack } from '../support/expired';
import { send } from '../support/http';
import { freePort, type RunningSite, startSite } from '../support/site';
import { createVisitor } from '../support/visitor';

let site: RunningSite;
let nginx: Nginx;
afterEach(async () => {
  await nginx.stop();
  await site.close();
});

/** The lines that the README tells to set. */
function readmeLines(): string {
  const readme = readFileSync('README.md', 'utf8');
  const [, lines] = /```nginx\n([^`]+)```/.exec(readme) ?? [];
  if (!lines) throw new Error('The README has no lines for nginx.');
  return lines;
}

interface Nginx {
  stop(): Promise<void>;
}

async function behindNginx(lines: string): Promise<void> {
  const port = await freePort();
  site = await startSite({ publicOrigin: `http://localhost:${port}` });
  nginx = await startNginx(port, site.address, lines);
}

async function startNginx(port: number, target: string, lines: string): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n');
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
     events {}
     http {
       access_log off;
       ${places}
       server {
         listen 127.0.0.1:${port};
         ${lines}
         location / { proxy_pass ${target.replace('localhost', '127.0.0.1')}; proxy_set_header Host $http_host; }
       }
     }`,
  );
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: 'ignore',
  });
  await untilItAnswers(port, child);
  return {
    stop: async () => {
      await new Promise((resolve) => child.once('exit', resolve).kill('SIGQUIT'));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilItAnswers(port: number, child: ChildProcess): Promise<void> {
  let failure: unknown;
  child.once('error', (error) => {
    failure = error;
  });
  for (let tries = 0; tries < 100; tries++) {
    if (failure)
      throw new Error('nginx could not be started. Is it installed?', { cause: failure });
    const answer = await send(`http://127.0.0.1:${port}/icon.svg`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nginx does not answer.');
}

/** As many groups as Cognito allows, with names that don't compress. */
function joinManyGroups(): void {
  for (let i = 0; i < 100; i++) site.pool.addToGroup('alice', randomToken(12));
}

test('with the lines of the README, a member of 100 groups signs in, reads, refreshes and leaves', async () => {
  await behindNginx(readmeLines());
  joinManyGroups();
  const alice = createVisitor(site.origin);
  // Attempts that were never finished come on top.
  for (let i = 0; i < 5; i++) await alice.open('/profile');
  const page = await alice.signIn('alice');
  expect([page.status, page.url]).toEqual([200, `${site.origin}/profile`]);
  await alice.post('/refresh', {}, { referer: `${site.origin}/profile` });
  expect((await alice.open('/api/me')).status).toBe(200);
  expect((await alice.post('/logout')).status).toBe(303);
  expect(alice.cookieNames('session')).toEqual([]);
});

test('without them requests pass, but the answer that sets a session is a 502', async () => {
  await behindNginx('');
  expect((await createVisitor(site.origin).signIn('alice')).status).toBe(502);
  joinManyGroups();
  const alice = await comeBack(site, { ago: 10 });
  expect(alice.cookieNames('session').length).toBe(2);
  expect((await alice.open('/profile')).status).toBe(200);
});
