/** What the doctor looks at, in the order of the report; the words are the report's. */
export const CHECKS = [
  ['settings', 'Settings'],
  ['node', 'Node.js version'],
  ['session-secret', 'Session secret'],
  ['addresses', "The site's addresses"],
  ['user-pool', 'User pool and its keys'],
  ['issuer', 'Issuer'],
  ['domain', 'Domain'],
  ['clock', 'Clock'],
  ['app-client', 'App client'],
  ['client-secret', 'Client secret'],
  ['redirect-uri', 'Redirect URI'],
  ['code-grant', 'Authorization code grant'],
  ['scopes', 'Scopes'],
  ['identity-providers', 'Identity providers'],
  ['login-pages', 'Login pages'],
  ['logout-uri', 'Logout URI'],
  ['token-revocation', 'Token revocation'],
] as const;

export type Check = (typeof CHECKS)[number][0];

/** How to put it right: in the site's own settings, in the AWS console, with the AWS CLI. */
export interface Fix {
  readonly here?: string;
  /** The path in the console, and what to do there. */
  readonly console?: string;
  /** To be pasted into a POSIX shell. */
  readonly command?: string;
}

/** What is wrong, and how to put it right. */
export interface Trouble {
  readonly problem: string;
  /** What was seen; of a secret its length alone. */
  readonly value: string;
  readonly fix: Fix;
}

/** What came of one check. A warning is something that works and is still not as it should be. */
export type Finding =
  | { readonly check: Check; readonly outcome: 'ok'; readonly seen: string }
  | ({ readonly check: Check; readonly outcome: 'wrong' | 'warning' } & Trouble)
  /** It cannot be told from outside, or not now; never a guess. */
  | { readonly check: Check; readonly outcome: 'unknown'; readonly why: string };

export type Outcome = Finding['outcome'];

/**
 * It is right.
 *
 * @param check of which this is a finding
 * @param seen what was found, in a few words
 */
export function ok(check: Check, seen: string): Finding {
  return { check, outcome: 'ok', seen };
}

/**
 * It is wrong: a sign-in, a sign-out or a session does not work, or is not safe.
 *
 * @param check of which this is a finding
 * @param trouble what, and how to fix it
 */
export function wrong(check: Check, trouble: Trouble): Finding {
  return { check, outcome: 'wrong', ...trouble };
}

/**
 * It works, and could be better.
 *
 * @param check of which this is a finding
 * @param trouble what, and how to fix it
 */
export function warning(check: Check, trouble: Trouble): Finding {
  return { check, outcome: 'warning', ...trouble };
}

/**
 * It cannot be told.
 *
 * @param check of which this is a finding
 * @param why half a sentence
 */
export function unknown(check: Check, why: string): Finding {
  return { check, outcome: 'unknown', why };
}

/** From the best to the worst. */
const OUTCOMES = ['ok', 'unknown', 'warning', 'wrong'] as const satisfies readonly Outcome[];

/** One line of the report: a check with all its findings. */
export interface CheckResult {
  readonly check: Check;
  /** In words, for people. */
  readonly label: string;
  /** The worst of its findings. */
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
}

/**
 * Puts findings together by check.
 *
 * @param findings in any order
 * @returns the checks that have any, in the order of the report
 */
export function byCheck(findings: readonly Finding[]): readonly CheckResult[] {
  const results: CheckResult[] = [];
  for (const [check, label] of CHECKS) {
    const own = findings.filter((finding) => finding.check === check);
    const outcome = OUTCOMES.findLast((name) => own.some((finding) => finding.outcome === name));
    if (outcome) results.push({ check, label, outcome, findings: own });
  }
  return results;
}

/** What is to be fixed, under the name of its check. */
export interface NamedTrouble {
  readonly label: string;
  readonly outcome: 'wrong' | 'warning';
  readonly trouble: Trouble;
}

/**
 * All that is to be fixed.
 *
 * @param results from `byCheck`
 * @returns what is wrong, then what could be better
 */
export function troublesOf(results: readonly CheckResult[]): readonly NamedTrouble[] {
  const all = results.flatMap(({ label, findings }) =>
    findings.flatMap((finding): NamedTrouble[] => {
      if (finding.outcome === 'ok' || finding.outcome === 'unknown') return [];
      const { outcome, problem, value, fix } = finding;
      return [{ label, outcome, trouble: { problem, value, fix } }];
    }),
  );
  const of = (outcome: string) => all.filter((one) => one.outcome === outcome);
  return [...of('wrong'), ...of('warning')];
}
