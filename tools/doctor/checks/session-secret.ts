import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { type Finding, ok, wrong } from '../finding';

/** Words from examples, including `.env.example`. A secret that contains one was not generated. */
const WORDS = [
  ...['secret', 'password', 'passphrase', 'changeme', 'change-me', 'example', 'openssl', 'base64'],
  ...['characters', 'nobody', 'encrypt', 'session', 'cookie', 'cognito', 'nextjs', 'iron-session'],
  ...['development', 'localhost', 'qwerty', 'letmein', 'placeholder', 'replace', 'your-'],
];

/** In bits, estimated from the characters: 32 random hexadecimal digits have about 115. */
const LEAST_BITS = 90;

/**
 * Checks that the session secret is hard to guess. With it, an attacker can seal a session for any user.
 *
 * @param secret from the configuration, which has already checked its length
 */
export function sessionSecret(secret: CognitoConfig['sessionSecret']): Finding[] {
  const secrets = typeof secret === 'string' ? { '': secret } : secret;
  const weak = Object.entries(secrets).flatMap(([number, text]) => {
    const weakness = weaknessOf(text);
    const which = number === '' ? 'The secret' : `Secret number ${number}`;
    return weakness === undefined ? [] : [{ problem: `${which} ${weakness}`, text }];
  });
  if (weak.length === 0)
    return [ok('session-secret', Object.values(secrets).map(sizeOf).join(', '))];
  return weak.map(({ problem, text }) =>
    wrong('session-secret', {
      problem: `${problem}: an attacker who guesses it can impersonate every user`,
      value: sizeOf(text),
      fix: {
        here: 'Set SESSION_SECRET to the output of: openssl rand -base64 32. To keep existing sessions, run: npm run secret:rotate',
      },
    }),
  );
}

/**
 * The only thing that is ever shown of a secret: its length.
 *
 * @param secret any secret
 */
export function sizeOf(secret: string): string {
  return secret.length === 1 ? '1 character' : `${secret.length} characters`;
}

function weaknessOf(secret: string): string | undefined {
  if (/^(.{1,16}?)\1+.{0,15}$/s.test(secret)) return 'repeats itself';
  const small = secret.toLowerCase();
  if (WORDS.some((word) => small.includes(word))) return 'contains a word from an example';
  if (sharesSteps(secret)) return 'follows the alphabet';
  return bitsOf(secret) < LEAST_BITS ? 'uses too few different characters' : undefined;
}

/** The Shannon entropy per character, times the length: an upper bound of the real entropy. */
function bitsOf(secret: string): number {
  const counts = new Map<string, number>();
  for (const character of secret) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count * Math.log2(count / secret.length);
  return bits;
}

/** Whether at least half of the characters directly follow or precede the one before, like "ab" or "21". */
function sharesSteps(secret: string): boolean {
  const codes = [...secret].map((character) => character.charCodeAt(0));
  const steps = codes.filter((code, at) => Math.abs(code - (codes[at - 1] ?? Number.NaN)) === 1);
  return steps.length * 2 >= codes.length;
}
