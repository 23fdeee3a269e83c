/**
 * `npm run --prefix tools/workshop cost:hostile`: measures what a hostile request costs the server, relative to the front
 * page for a signed-out visitor. It reads the CPU time of the site's process, so other work on the machine does
 * not count. Linux only; needs a build (`npm run build`).
 */

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { comeBack } from '../../../tests/support/expired';
import { cookieHeader, send } from '../../../tests/support/http';
import { startSite } from '../../../tests/support/site';
import { DOCUMENT, FETCH } from '../../../tests/support/visitor';
import { multipart } from '../support/odd-requests';
import { hold } from '../support/raw';

const ROUNDS = 300;
const site = await startSite();
const [pid = 0] = site.pids;
const session = (await comeBack(site, { ago: 10 })).cookieHeader();
const seal = session.replace(/^session[^=]*=/, '');
const token = `${btoa('{"alg":"RS256","kid":"unknown"}').replace(/=+$/, '')}.e30.x`;

type Sent = Parameters<typeof send>[1] & { path: string };
/** An ordinary request, or a function that sends an unusual one and returns its status. */
type Request = Sent | (() => Promise<number>);
const page = (path: string, cookie?: string): Sent => ({
  path,
  headers: { ...DOCUMENT, ...(cookie ? { cookie } : {}) },
});
const api = ({ cookie, ...headers }: Record<string, string>): Sent => ({
  path: '/api/me',
  headers: {
    ...FETCH,
    ...headers,
    ...(cookie ? { cookie: cookieHeader(site.origin, cookie) } : {}),
  },
});

const foreign = {
  path: '/logout',
  method: 'POST',
  headers: { ...DOCUMENT, cookie: session, 'sec-fetch-site': 'cross-site' },
};

const REQUESTS: [string, Request][] = [
  ['the front page, signed out', page('/')],
  ['a static page', page('/privacy')],
  ['the profile, signed in', page('/profile', session)],
  ['/api/me, signed in', api({ cookie: session })],
  ['a private page, signed out (starts a sign-in)', page('/profile')],
  ['a session that is garbage', api({ cookie: 'session=garbage' })],
  ['a forged seal of 12 kB', api({ cookie: `session=${seal.slice(0, 300)}${'x'.repeat(12_000)}` })],
  ['a seal with one character changed', api({ cookie: `session=${seal.replace(/.~/, '!~')}` })],
  ['200 chunks of a session', api({ cookie: many('session.') })],
  ['200 sign-in attempts, at /login', page('/login', cookieHeader(site.origin, many('signin-')))],
  [
    '200 sign-in attempts, at the callback',
    page(`/login?code=c&state=${'s'.repeat(43)}`, many('signin-')),
  ],
  ['a callback without a sign-in attempt', page(`/login?code=c&state=${'s'.repeat(43)}`)],
  ['a returnTo of 7 kB', page(`/login?returnTo=/${'%5c'.repeat(2300)}`)],
  ['a bearer token with an unknown key ID', api({ authorization: `Bearer ${token}` })],
  ['a bearer token of 12 kB of dots', api({ authorization: `Bearer ${'.'.repeat(12_000)}` })],
  ['a form post from another site', foreign],
  ['two thousand cookies, at /login', page('/login', many('', 2000, ''))],
  [
    'a sign-out with a body of 100 kB',
    { ...page('/logout'), method: 'POST', body: 'x'.repeat(100_000) },
  ],
  ['TRACE', { ...page('/'), method: 'TRACE' }],
  ['a form of 5,000 empty files, to /theme', form('/theme', multipart(5000))],
  [
    'a form of 10,000 empty files in chunks, to /logout',
    inChunks(form('/logout', multipart(10_000))),
  ],
  ['a form of 100 empty files, to /theme', form('/theme', multipart(100))],
  ['a form of 5,000 empty files, to a page', form('/', multipart(5000))],
  ['a body of 1.2 MB, to /theme', form('/theme', 'x'.repeat(1_200_000))],
  ['a body of 1.2 MB in chunks, to /theme', inChunks(form('/theme', 'x'.repeat(1_200_000)))],
  ['a body of 100 kB in chunks of one byte, to /theme', inCrumbs('/theme')],
  ['a malformed router state', router('[]')],
  ['a malformed router state, after the redirect to ?_rsc=', await redirected(router('[]'))],
  ['a router state nested 700 times', router(nested(700))],
  ['a router state nested 49 times, after the redirect', await redirected(router(nested(49)))],
  [
    'a range beyond the end of a file',
    { path: '/icon.svg', headers: { range: 'bytes=99999999-' } },
  ],
  ['a path that cannot be decoded', page('/photos/%E4')],
];

for (const [, request] of REQUESTS) await repeat(request, 30);
let ordinary: number | undefined;
console.log(
  `CPU time of the server per request, ${ROUNDS} requests of each\n\n      ms  ratio  request`,
);
for (const [name, request] of REQUESTS) {
  const before = cpuMilliseconds();
  const status = await repeat(request, ROUNDS);
  const cost = (cpuMilliseconds() - before) / ROUNDS;
  ordinary ??= cost;
  const ratio = (cost / ordinary).toFixed(2);
  console.log(`${cost.toFixed(2).padStart(8)}  ${ratio.padStart(5)}  ${name} (${status})`);
}
await site.close();

function form(path: string, body: string): Sent {
  const headers = { 'content-type': 'multipart/form-data; boundary=x', origin: site.origin };
  return { path, method: 'POST', headers: { ...DOCUMENT, ...headers }, body };
}

function inChunks(request: Sent): Sent {
  return { ...request, headers: { ...request.headers, 'transfer-encoding': 'chunked' } };
}

function router(state: string): Sent {
  return { path: '/', headers: { ...FETCH, rsc: '1', 'next-router-state-tree': state } };
}

/** The request that a client sends after Next's redirect. */
async function redirected({ path, ...options }: Sent): Promise<Sent> {
  const { headers } = await send(`${site.origin}${path}`, options);
  return { ...options, path: headers.get('location') ?? path };
}

function nested(depth: number): string {
  return `${'["",{"children":'.repeat(depth)}["",{}]${'}]'.repeat(depth)}`;
}

function many(prefix: string, length = 200, suffix = '-ssssssssssss'): string {
  return Array.from({ length }, (_, n) => `${prefix}${n}${suffix}=`).join('; ');
}

async function repeat(request: Request, times: number): Promise<number> {
  let status = 0;
  for (let n = 0; n < times; n++) {
    if (typeof request === 'function') status = await request();
    else status = (await send(`${site.origin}${request.path}`, request)).status;
  }
  return status;
}

/** Sends a body of 100 kB in chunks of one byte: half a megabyte on the wire. */
function inCrumbs(path: string): () => Promise<number> {
  const head = [`POST ${path} HTTP/1.1`, 'Host: localhost', `Origin: ${site.origin}`];
  const body = '1\r\nx\r\n'.repeat(100_000);
  return async () => {
    const socket = hold(site.origin, [...head, 'Transfer-Encoding: chunked'], body);
    const [answer] = await once(socket, 'data');
    socket.destroy();
    return Number(String(answer).slice(9, 12));
  };
}

/** User and system time of the process (proc(5): fields 14 and 15, in hundredths of a second). */
function cpuMilliseconds(): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
