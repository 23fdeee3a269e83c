/**
 * Loaded into a server before all else (`node --import`). Writes a line for each piece of work, in the
 * moment that it begins, into the file that `WORK_LOG` names: "middleware unseal", "page verify".
 * It counts and changes nothing; `work.ts` says what the words mean and reads them.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';

/** The second names the files of the build that hold the middleware and nothing else. */
const { WORK_LOG = '', WORK_MIDDLEWARE = '' } = process.env;
const MIDDLEWARE = WORK_MIDDLEWARE.split('\n');

/** Each method of Web Crypto that costs anything, and what its use is called, by its first argument. */
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
    // The Edge sandbox has the same object, and a proxy the same process: who calls is known by the file
    // that the call is in.
    note(fromMiddleware(), nameOf(args[0]));
    return Reflect.apply(original, this, args);
  };
}

const asking = new AsyncLocalStorage();
const { fetch } = globalThis;
globalThis.fetch = (...args) => asking.run(fromMiddleware(), () => fetch(...args));

// Node's fetch and the sandbox's, which is another, both announce their requests here.
subscribe('undici:request:create', ({ request }) => {
  // Next's sandbox signs what the middleware sends.
  const signed = String(request.headers).includes('Next.js Middleware');
  note(signed || asking.getStore() === true, 'fetch');
});

function fromMiddleware() {
  const { stack } = new Error();
  return MIDDLEWARE.some((file) => stack.includes(file));
}

function note(inMiddleware, work) {
  appendFileSync(WORK_LOG, `${inMiddleware ? 'middleware' : 'page'} ${work}\n`);
}

/** What is of another algorithm shows by its name, and fits no budget. */
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
