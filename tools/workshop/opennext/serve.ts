/**
 * `serve.ts start -p PORT`: serves what OpenNext has built (`.open-next`), as `next start` serves `.next`. Files come from
 * `assets`, as from S3; everything else is an event for one of `HOST_INSTANCES` instances of the server function.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Result, toEvent } from './event';

const assets = resolve('.open-next/assets');
const port = Number(process.argv.at(-1));
const instances = await Promise.all(
  Array.from({ length: Number(process.env.HOST_INSTANCES ?? 1) }, start),
);
/** For each instance, what it has to finish first: it gets one event at a time. */
const busy = instances.map(() => Promise.resolve());
let turn = 0;

createServer({ maxHeaderSize: 65_536, keepAliveTimeout: 60_000 }, (request, response) => {
  answer(request, response).catch((error) => {
    console.error(error);
    response.destroy();
  });
}).listen(port);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  if (sendAsset(request, response)) return;
  const { statusCode, headers, cookies, body, isBase64Encoded } = await invoke(
    toEvent(request, Buffer.concat(chunks)),
  );
  // OpenNext itself redirects repeated slashes, before the middleware.
  if (statusCode === 308) response.setHeader('x-from-platform', '1');
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  if (cookies?.length) response.setHeader('set-cookie', cookies);
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  response.setHeader('content-length', bytes.length);
  response.writeHead(statusCode).end(request.method === 'HEAD' ? undefined : bytes);
}

/** Sends a file without the site's headers, as S3 does behind CloudFront. A missing file of the build is a 403 there. */
function sendAsset({ method = '', url = '' }: IncomingMessage, response: ServerResponse): boolean {
  const [path = ''] = url.split('?');
  const isBuilt = path.startsWith('/_next/static/');
  const file = join(assets, path);
  const found = file.startsWith(`${assets}/`) && existsSync(file) && statSync(file).isFile();
  if (!found && !isBuilt) return false;
  const headers = {
    'x-from-platform': '1',
    'cache-control': 'public, max-age=31536000, immutable',
  };
  if (!found) response.writeHead(403, headers).end();
  else if (method !== 'GET' && method !== 'HEAD') response.writeHead(405, headers).end();
  else response.writeHead(200, headers).end(method === 'HEAD' ? undefined : readFileSync(file));
  return true;
}

function invoke(event: object): Promise<Result> {
  const at = turn++ % instances.length;
  const result = (busy[at] ?? Promise.resolve()).then(() => send(instances[at], event));
  busy[at] = result.then(
    () => {},
    () => {},
  );
  return result;
}

function send(instance: ChildProcess | undefined, event: object): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (!instance) return reject(new Error('There is no instance.'));
    instance.once('message', (result: Result) => resolve(result));
    instance.send(event);
  });
}

function start(): Promise<ChildProcess> {
  const file = fileURLToPath(new URL('instance.mjs', import.meta.url));
  const names = Object.keys(process.env).filter((name) =>
    /^(COGNITO|SESSION|PREVIEW)_|^PATH$/.test(name),
  );
  const own = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  const env = { ...own, NODE_ENV: 'production', AWS_REGION: 'us-west-2' } as const;
  const child = fork(file, [process.env.LAMBDA_FOLDER ?? ''], { env, execArgv: [] });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`An instance ended with code ${code}.`)));
  });
}
