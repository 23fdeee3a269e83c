/**
 * Loaded into a server first (`node --import`). When a piece of work starts, it writes a line such as
 * "middleware unseal" or "page verify" into the file in `WORK_LOG`. It only counts and changes nothing;
 * `work.ts` explains the words and reads them.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';

/** `WORK_MIDDLEWARE` lists the files of the build that contain only the middleware. */
const { WORK_LOG = '', WORK_MIDDLEWARE = '' } = process.env;
const MIDDLEWARE = WORK_MIDDLEWARE.split('\n');

/** The methods of Web Crypto that take time, and the name of the work by the first argument. */
const WORK = {
  decrypt: (algorithm) => cipher(algorithm, 'unseal'),
  encrypt: (algorithm) => cipher(algorithm, 'seal'),
  verify: (algorithm) => signature(algorithm, 'verify'),
  sign: (algorithm) => signature(algorithm, 'sign'),
  deriveKey: () => 'derive',
  deriveBits: () => 'derive',
  digest: () => 'hash',
};

const { prototype } = SubtleCrypto;
for (const [method, nameOf] of Object.entries(WORK)) {
  const original = prototype[method];
  prototype[method] = function counted(...args) {
    // The Edge sandbox shares this object, and a proxy shares the process, so the calling file tells the caller.
    note(fromMiddleware(), nameOf(args[0]));
    return Reflect.apply(original, this, args);
  };
}

const caller = new AsyncLocalStorage();
const { fetch } = globalThis;
globalThis.fetch = (...args) => caller.run(fromMiddleware(), () => fetch(...args));

// Node's fetch and the sandbox's own fetch both publish their requests here.
subscribe('undici:request:create', ({ request }) => {
  // Next's sandbox marks the requests of the middleware.
  const signed = String(request.headers).includes('Next.js Middleware');
  note(signed || caller.getStore() === true, 'fetch');
});

function fromMiddleware() {
  const { stack } = new Error();
  return MIDDLEWARE.some((file) => stack.includes(file));
}

function note(inMiddleware, work) {
  appendFileSync(WORK_LOG, `${inMiddleware ? 'middleware' : 'page'} ${work}\n`);
}

/** Another algorithm is logged by its name, which no budget includes. */
function cipher(algorithm, name) {
  return /^AES-/.test(nameOf(algorithm)) ? name : nameOf(algorithm);
}

function signature(algorithm, name) {
  if (nameOf(algorithm) === 'HMAC') return 'mac';
  return nameOf(algorithm) === 'RSASSA-PKCS1-v1_5' ? name : nameOf(algorithm);
}

function nameOf(algorithm) {
  return typeof algorithm === 'string' ? algorithm : algorithm.name;
}
