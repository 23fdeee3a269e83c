import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { type Finding, ok, wrong } from '../finding';

/** What one finds in examples, `.env.example` among them: a secret with it in was thought up. */
const WORDS = [
  ...['secret', 'password', 'passphrase', 'changeme', 'change-me', 'example', 'openssl', 'base64'],
  ...['characters', 'nobody', 'encrypt', 'session', 'cookie', 'cognito', 'nextjs', 'iron-session'],
  ...['development', 'localhost', 'qwerty', 'letmein', 'placeholder', 'replace', 'your-'],
];

/** In bits, as far as the characters tell: 32 random hexadecimal digits have some 115. */
const LEAST_BITS = 90;

/**
 * Whether the session secret can be guessed. Who has it can seal a session of anybody.
 *
 * @param secret as the configuration has it; its length is checked there
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
      problem: `${problem}: who guesses it can be anybody on this site`,
      value: sizeOf(text),
      fix: {
        here: 'Set SESSION_SECRET to what this prints: openssl rand -base64 32. On a site with sessions that shall go on: npm run secret:rotate',
      },
    }),
  );
}

/**
 * All that may be said of a secret.
 *
 * @param secret any
 */
export function sizeOf(secret: string): string {
  return `${secret.length} characters`;
}

function weaknessOf(secret: string): string | undefined {
  if (/^(.{1,16}?)\1+.{0,15}$/s.test(secret)) return 'repeats itself';
  const small = secret.toLowerCase();
  if (WORDS.some((word) => small.includes(word))) return 'has words of examples in it';
  if (sharesSteps(secret)) return 'goes up or down the alphabet';
  return bitsOf(secret) < LEAST_BITS ? 'has too few different characters' : undefined;
}

/** Shannon's entropy of the characters, times their number: an upper bound for what was drawn. */
function bitsOf(secret: string): number {
  const counts = new Map<string, number>();
  for (const character of secret) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count * Math.log2(count / secret.length);
  return bits;
}

/** Whether half of the characters are the neighbours of those before them. */
function sharesSteps(secret: string): boolean {
  const codes = [...secret].map((character) => character.charCodeAt(0));
  const steps = codes.filter((code, at) => Math.abs(code - (codes[at - 1] ?? Number.NaN)) === 1);
  return steps.length * 2 >= codes.length;
}
