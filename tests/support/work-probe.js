/**
 * Loaded into a server before all else (`node --import`). Writes a line for each piece of work, in the
 * moment that it begins, into the file that `WORK_LOG` names: "middleware unseal", "page verify".
 * It counts and changes nothing; `work.ts` says what the words mean and reads them.
 */
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';

const { WORK_LOG = '' } = process.env;

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
    // The Edge sandbox has the same object: who calls is known by the file that the call is in.
    note(/[\\/]server[\\/]edge[\\/]/.test(new Error().stack), nameOf(args[0]));
    return Reflect.apply(original, this, args);
  };
}

// Node's fetch and the sandbox's, which is another, both announce their requests here.
subscribe('undici:request:create', ({ request }) => {
  // Next's sandbox signs what the middleware sends.
  note(String(request.headers).includes('Next.js Middleware'), 'fetch');
});

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
