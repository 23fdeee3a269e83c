// `npm run secret:rotate`: adds a new SESSION_SECRET to the current one, so that all users stay signed in.
// Prints the value to standard output and the steps to standard error: `npm run -s secret:rotate | ...`.
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import nextEnv from '@next/env';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Adds a new secret to the current ones. The secret with the highest number seals; all of them can
 * unseal. A number is never reused, because cookies sealed with its old secret could not be unsealed.
 * @param {string | undefined} present SESSION_SECRET: empty, one secret, or numbered secrets as JSON
 * @param {string} fresh the new secret
 * @returns {{ both: string, alone: string } | undefined} the value for step 1, and for step 2;
 *   undefined for invalid numbered secrets
 */
export function rotate(present, fresh) {
  const secrets = parse(present?.trim() ?? '');
  if (!secrets) return undefined;
  const next = Math.max(0, ...Object.keys(secrets).map(Number)) + 1;
  const alone = JSON.stringify({ [next]: fresh });
  const before = Object.entries(secrets).sort(([a], [b]) => Number(b) - Number(a));
  // Not with JSON.stringify, which would sort the numbers in ascending order.
  const members = [[next, fresh], ...before].map(
    ([id, secret]) => `"${id}":${JSON.stringify(secret)}`,
  );
  return { both: `{${members.join(',')}}`, alone };
}

/** @returns {Record<string, string> | undefined} */
function parse(present) {
  if (present === '') return {};
  // iron-session gives a secret without a number the number 1.
  if (!present.startsWith('{')) return { 1: present };
  try {
    return JSON.parse(present);
  } catch {
    return undefined;
  }
}

function main() {
  // Keep Next's own messages about these files off standard output.
  nextEnv.loadEnvConfig(root, false, { info: () => {}, error: console.error });
  const present = process.env.SESSION_SECRET;
  const rotated = rotate(present, randomBytes(32).toString('base64url'));
  if (!rotated) {
    console.error(
      'SESSION_SECRET starts like JSON, but is not valid JSON. Fix it, then run this again.',
    );
    return 1;
  }
  if (!present?.trim()) {
    console.error('SESSION_SECRET is not set in the environment or in .env.local. Set it to:');
    console.log(JSON.parse(rotated.alone)[1]);
    return 0;
  }
  console.error(`1. Set SESSION_SECRET to the value below on all instances at once, and deploy. It seals new cookies with
   the new secret and still accepts existing ones, so all users stay signed in.
2. When the longest session has expired (after 30 days, or SESSION_LIFETIME), set SESSION_SECRET to only the
   new secret with its number, {"<number>":"<new secret>"}, and deploy. If the old secret has leaked, do
   this now: it ends the sessions that are still sealed with it.
`);
  console.log(rotated.both);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main();
