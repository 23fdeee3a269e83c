import { byCheck, type Finding, type NamedTrouble, type Outcome, troublesOf } from './finding';
import type { Env } from './settings';

/** How many checks had each outcome. */
export interface Count {
  readonly right: number;
  readonly wrong: number;
  readonly unknown: number;
  /** Checks that work, but should be changed. */
  readonly warnings: number;
}

/**
 * Counts the checks by their worst finding.
 *
 * @param findings from one run
 */
export function count(findings: readonly Finding[]): Count {
  const results = byCheck(findings);
  const number = (outcome: Outcome) => results.filter((one) => one.outcome === outcome).length;
  return {
    right: number('ok'),
    wrong: number('wrong'),
    unknown: number('unknown'),
    warnings: number('warning'),
  };
}

/**
 * The result in one line.
 *
 * @param counted from `count`
 */
export function resultLine({ right, wrong, unknown, warnings }: Count): string {
  const more = warnings === 0 ? '' : `, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  return `${right} OK, ${wrong} wrong, ${unknown} not checked${more}`;
}

/**
 * The report for a terminal: one line per check, then what to fix, then the totals.
 *
 * @param findings from one run
 * @param marks the symbol before each check, by outcome
 */
export function report(
  findings: readonly Finding[],
  marks: Readonly<Record<Outcome, string>>,
): string {
  const results = byCheck(findings);
  const width = Math.max(...results.map(({ label }) => label.length));
  const lines = results.map(({ label, outcome, findings: own }) => {
    return `${marks[outcome]} ${label.padEnd(width)}  ${inShort(own, outcome)}`;
  });
  const troubles = troublesOf(results).flatMap(inFull);
  const remarks = troubles.some((line) => line.includes(CHANGES_CLIENT)) ? ['', REMARK] : [];
  return [...lines, ...troubles, ...remarks, '', resultLine(count(findings))].join('\n');
}

const CHANGES_CLIENT = 'update-user-pool-client';
const REMARK = `${CHANGES_CLIENT} resets every setting that it isn't given. The commands above therefore read
all settings of the app client first, and send them back with the change. They need jq, and leave a copy
of what they sent in app-client.json.`;

function inShort(findings: readonly Finding[], outcome: Outcome): string {
  if (outcome === 'wrong') return 'wrong: see below';
  if (outcome === 'warning') return 'warning: see below';
  return findings
    .flatMap((finding) => {
      if (finding.outcome === 'ok') return [finding.seen];
      return finding.outcome === 'unknown' ? [`not checked: ${finding.why}`] : [];
    })
    .join('; ');
}

function inFull({ label, trouble: { problem, value, fix } }: NamedTrouble): string[] {
  return [
    '',
    `${label}: ${problem}.`,
    `  found    ${value}`,
    ...(fix.here === undefined ? [] : [`  fix      ${fix.here}`]),
    ...(fix.console === undefined ? [] : [`  console  ${fix.console}`]),
    ...(fix.command === undefined ? [] : [`  aws      ${fix.command}`]),
  ];
}

/** For programs; the names are stable. */
export interface JsonReport extends Count {
  readonly findings: readonly Finding[];
}

/**
 * The report for programs.
 *
 * @param findings from one run
 */
export function jsonReport(findings: readonly Finding[]): JsonReport {
  return { ...count(findings), findings };
}

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
