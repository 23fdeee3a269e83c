import { byCheck, type Finding, type NamedTrouble, type Outcome, troublesOf } from './finding';

/** How many checks came out how. */
export interface Count {
  readonly right: number;
  readonly wrong: number;
  readonly unknown: number;
  /** Those that work, and still could be better. */
  readonly warnings: number;
}

/**
 * Counts the checks by the worst of their findings.
 *
 * @param findings of one examination
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
  const more = warnings === 0 ? '' : `, ${warnings} to be better`;
  return `${right} right, ${wrong} wrong, ${unknown} could not be told${more}`;
}

/**
 * The report for a terminal: a line for each check, then what is to be done, then the result.
 *
 * @param findings of one examination
 * @param marks what stands before a check, by its outcome
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
const REMARK = `${CHANGES_CLIENT} resets whatever it is not given: those lines read all settings of the app
client first, and send them back with the change. They need jq, and leave app-client.json to look at.`;

function inShort(findings: readonly Finding[], outcome: Outcome): string {
  if (outcome === 'wrong') return 'wrong, see below';
  if (outcome === 'warning') return 'works, but see below';
  return findings
    .flatMap((finding) => {
      if (finding.outcome === 'ok') return [finding.seen];
      return finding.outcome === 'unknown' ? [`cannot be told: ${finding.why}`] : [];
    })
    .join('; ');
}

function inFull({ label, trouble: { problem, value, fix } }: NamedTrouble): string[] {
  return [
    '',
    `${label}: ${problem}.`,
    `  seen     ${value}`,
    ...(fix.here === undefined ? [] : [`  fix      ${fix.here}`]),
    ...(fix.console === undefined ? [] : [`  console  ${fix.console}`]),
    ...(fix.command === undefined ? [] : [`  aws      ${fix.command}`]),
  ];
}

/** For machines; the names do not change. */
export interface JsonReport extends Count {
  readonly findings: readonly Finding[];
}

/**
 * The report for machines.
 *
 * @param findings of one examination
 */
export function jsonReport(findings: readonly Finding[]): JsonReport {
  return { ...count(findings), findings };
}
