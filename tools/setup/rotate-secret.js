// `npm run secret:rotate`: a new SESSION_SECRET beside the present one, so that nobody is signed out.
// The value goes to standard output and the words to standard error: `npm run -s secret:rotate | ...`.
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import nextEnv from '@next/env';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Adds a new secret to the present ones. The highest number seals, all can open; a number is never
 * used again, or what it once sealed could no longer be opened.
 * @param {string | undefined} present SESSION_SECRET: empty, one secret, or numbered secrets as JSON
 * @param {string} fresh the new secret
 * @returns {{ both: string, alone: string } | undefined} the next value and the one after it; undefined
 *   for numbered secrets that cannot be read
 */
export function rotate(present, fresh) {
  const secrets = parse(present?.trim() ?? '');
  if (!secrets) return undefined;
  const next = Math.max(0, ...Object.keys(secrets).map(Number)) + 1;
  const alone = JSON.stringify({ [next]: fresh });
  const before = Object.entries(secrets).sort(([a], [b]) => Number(b) - Number(a));
  // Written by hand: JSON.stringify would put the numbers in ascending order.
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
  // What Next itself says of the files it reads belongs to no pipe.
  nextEnv.loadEnvConfig(root, false, { info: () => {}, error: console.error });
  const present = process.env.SESSION_SECRET;
  const rotated = rotate(present, randomBytes(32).toString('base64url'));
  if (!rotated) {
    console.error('The present SESSION_SECRET looks like JSON and is none. Fix it first.');
    return 1;
  }
  if (!present?.trim()) {
    console.error(
      'No SESSION_SECRET is set here, in the environment or in .env.local. Set this one:',
    );
    console.log(JSON.parse(rotated.alone)[1]);
    return 0;
  }
  console.error(`1. Set SESSION_SECRET to the value below, for all instances at once, and deploy. New cookies are
   sealed with the new secret, and those of before can still be opened: nobody is signed out.
2. When the longest session is over (30 days, or SESSION_LIFETIME), set it to the new secret alone, with
   its number, and deploy: {"<number>":"<new secret>"}. Sooner, if the old one is known to somebody.
`);
  console.log(rotated.both);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main();
