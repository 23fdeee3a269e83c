import type { Finding } from './finding';
import type { Env } from './settings';

const SECRETS = ['COGNITO_CLIENT_SECRET', 'SESSION_SECRET', 'PREVIEW_RELAY_SECRET'];
/** In characters. Shorter values aren't secrets, and would match parts of ordinary words. */
const LEAST = 6;
/** In characters: enough of the start to recognize a secret. */
const BEGINNING = 16;
/** The limit for one text; an AWS CLI line has about 500 characters. */
const MOST = 2000;

/**
 * Cleans a finding before it is shown: removes secrets, even from other settings, passwords in URLs, and
 * control characters that a terminal would interpret.
 *
 * @param finding from any check
 * @param env the settings that were checked
 */
export function redact(finding: Finding, env: Env): Finding {
  const secrets = secretsOf(env);
  const clean = (text: string) => {
    let result = text;
    for (const secret of secrets) result = withoutSecret(result, secret);
    return result
      .replace(/(\w:\/\/)[^/?#\s@]*@/g, '$1…@')
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')
      .slice(0, MOST);
  };
  switch (finding.outcome) {
    case 'ok':
      return { ...finding, seen: clean(finding.seen) };
    case 'unknown':
      return { ...finding, why: clean(finding.why) };
    case 'wrong':
    case 'warning': {
      const { here, console, command } = finding.fix;
      return {
        ...finding,
        problem: clean(finding.problem),
        value: clean(finding.value),
        fix: {
          ...(here === undefined ? {} : { here: clean(here) }),
          ...(console === undefined ? {} : { console: clean(console) }),
          ...(command === undefined ? {} : { command: clean(command) }),
        },
      };
    }
  }
}

/** A text may have been cut off within a secret, so everything from its first characters on goes. */
function withoutSecret(text: string, secret: string): string {
  const beginning = secret.slice(0, BEGINNING).replace(/[^\w\s]/g, '\\$&');
  return text
    .replaceAll(secret, '(secret)')
    .replace(new RegExp(`${beginning}[^\\s"']*`, 'g'), '(secret)');
}

/** The longest first: one secret may be part of another. */
function secretsOf(env: Env): string[] {
  const values = SECRETS.flatMap((name) => {
    const value = env[name]?.trim() ?? '';
    // Each numbered secret counts.
    const numbered = [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text);
    return [value, ...(value.startsWith('{') ? numbered : [])];
  });
  return values.filter(({ length }) => length >= LEAST).toSorted((a, b) => b.length - a.length);
}

/**
 * The only thing that is ever shown of a secret: its length.
 *
 * @param secret any secret
 */
export function sizeOf(secret: string): string {
  return secret.length === 1 ? '1 character' : `${secret.length} characters`;
}
