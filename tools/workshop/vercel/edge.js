// One instance of the middleware, in an Edge isolate. The server (`serve.ts`) forks it, with the folder of the function
// as its argument. It gets only the variables that its code names as `process.env.NAME`.
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { EdgeRuntime } from 'edge-runtime';

const [folder = ''] = process.argv.slice(2);
const { entrypoint, environment } = JSON.parse(readFileSync(`${folder}/.vc-config.json`, 'utf8'));
const code = readFileSync(`${folder}/${entrypoint}`, 'utf8');
const names = new Set([...code.matchAll(/process\.env\.([A-Z0-9_]+)/g)].map(([, name]) => name));
// The bench's apps also read variables by other means.
for (const name of process.env.HOST_VARIABLES?.split(',') ?? []) names.add(name);
const own = Object.entries(process.env).filter(([name]) => names.has(name));
const env = Object.fromEntries([...own, ...Object.entries(environment)]);

const modules = ['node:async_hooks', 'node:buffer', 'node:events', 'node:util', 'node:assert'];
const nodeRequire = createRequire(import.meta.url);
/** @param {string} name */
function require(name) {
  const full = name.startsWith('node:') ? name : `node:${name}`;
  if (!modules.includes(full)) throw new Error(`The Edge runtime has no module ${name}.`);
  return nodeRequire(full);
}

/** How often the middleware has called Web Crypto. */
let cryptoCalls = 0;
/** @param {SubtleCrypto} subtle */
function count(subtle) {
  const names = ['digest', 'sign', 'verify', 'encrypt', 'decrypt', 'importKey', 'deriveBits'];
  for (const name of names) {
    const original = Reflect.get(subtle, name).bind(subtle);
    Reflect.set(subtle, name, (/** @type {unknown[]} */ ...given) => {
      cryptoCalls += 1;
      return original(...given);
    });
  }
}

const started = performance.now();
const { AsyncLocalStorage } = nodeRequire('node:async_hooks');
const runtime = new EdgeRuntime({
  initialCode: code.replace(/export default(?= *\(function)/, 'globalThis.handler ='),
  extend: (context) => {
    count(context.crypto.subtle);
    const added = { process: { env }, require, AsyncLocalStorage, Buffer, module: {} };
    return Object.assign(context, added);
  },
});
const coldStart = performance.now() - started;

const server = createServer({ maxHeaderSize: 131_072 }, async (request, response) => {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = 'GET', url = '/', headers } = request;
    const before = cryptoCalls;
    const given = new runtime.context.Headers();
    for (const [name, value] of Object.entries(headers)) given.append(name, String(value));
    const hasBody = !['GET', 'HEAD'].includes(method);
    const answer = await runtime.context.handler(
      new runtime.context.Request(`https://${headers.host}${url}`, {
        method,
        headers: given,
        ...(hasBody && { body: Buffer.concat(chunks), duplex: 'half' }),
      }),
      { waitUntil: (/** @type {Promise<unknown>} */ work) => work?.catch?.(console.error) },
    );
    for (const [name, value] of answer.headers) {
      if (name !== 'set-cookie') response.setHeader(name, value);
    }
    response.setHeader('set-cookie', answer.headers.getSetCookie());
    const measured = { cryptoCalls: cryptoCalls - before, coldStart: Math.round(coldStart) };
    response.setHeader('x-middleware-measured', JSON.stringify(measured));
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  } catch (error) {
    console.error(error);
    response.writeHead(500, { 'x-middleware-failed': '1' }).end();
  }
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.send?.({ port: Object(server.address()).port }));
