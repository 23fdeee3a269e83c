import { byCheck, type Finding, type NamedTrouble, type Outcome, troublesOf } from './finding';

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
