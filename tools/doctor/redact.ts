import type { Finding } from './finding';
import type { Env } from './settings';

const SECRETS = ['COGNITO_CLIENT_SECRET', 'SESSION_SECRET', 'PREVIEW_RELAY_SECRET'];
/** In characters: a shorter one is no secret, and would be found in every word. */
const LEAST = 6;
/** In characters: what is enough to know a secret by. */
const BEGINNING = 16;
/** Of one text; an AWS CLI line has some 500 characters. */
const MOST = 2000;

/**
 * The last look at a finding before anybody sees it: no secret, whichever setting it stands in, no
 * password of an address, nothing that a terminal would take for a command.
 *
 * @param finding of any check
 * @param env the settings that were examined
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

/** A text may have been cut off in the middle of it: where it begins, all that follows goes. */
function withoutSecret(text: string, secret: string): string {
  const beginning = secret.slice(0, BEGINNING).replace(/[^\w\s]/g, '\\$&');
  return text
    .replaceAll(secret, '(secret)')
    .replace(new RegExp(`${beginning}[^\\s"']*`, 'g'), '(secret)');
}

/** The longest first: one secret may be a part of another. */
function secretsOf(env: Env): string[] {
  const values = SECRETS.flatMap((name) => {
    const value = env[name]?.trim() ?? '';
    // Numbered secrets are each one.
    const numbered = [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text);
    return [value, ...(value.startsWith('{') ? numbered : [])];
  });
  return values.filter(({ length }) => length >= LEAST).toSorted((a, b) => b.length - a.length);
}
