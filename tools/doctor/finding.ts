import type { CognitoConfig } from '../../lib/cognito/protocol/cognito-config';

/** All checks, in the order of the report, with their labels. */
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
  ['account-scope', 'Scope for the account pages'],
  ['account-api', 'API for the account pages'],
] as const;

export type Check = (typeof CHECKS)[number][0];

/** How to fix it: in the site's own settings, in the AWS console, or with the AWS CLI. */
export interface Fix {
  readonly here?: string;
  /** The path in the console, and what to do there. */
  readonly console?: string;
  /** A line to paste into a POSIX shell. */
  readonly command?: string;
}

/** What is wrong, and how to fix it. */
export interface Trouble {
  readonly problem: string;
  /** The value found; for a secret, only its length. */
  readonly value: string;
  readonly fix: Fix;
}

/** The result of one check. A warning means that it works but should still be changed. */
export type Finding =
  | { readonly check: Check; readonly outcome: 'ok'; readonly seen: string }
  | ({ readonly check: Check; readonly outcome: 'wrong' | 'warning' } & Trouble)
  /** The check couldn't be completed: from outside, or at the moment. Never a guess. */
  | { readonly check: Check; readonly outcome: 'unknown'; readonly why: string };

export type Outcome = Finding['outcome'];

/**
 * The setting is right.
 *
 * @param check the check
 * @param seen what was found, in a few words
 */
export function ok(check: Check, seen: string): Finding {
  return { check, outcome: 'ok', seen };
}

/**
 * The setting is wrong: sign-in, sign-out or sessions don't work, or aren't safe.
 *
 * @param check the check
 * @param trouble what is wrong, and how to fix it
 */
export function wrong(check: Check, trouble: Trouble): Finding {
  return { check, outcome: 'wrong', ...trouble };
}

/**
 * The setting works, but should be changed.
 *
 * @param check the check
 * @param trouble what to change, and how
 */
export function warning(check: Check, trouble: Trouble): Finding {
  return { check, outcome: 'warning', ...trouble };
}

/**
 * The check couldn't be completed.
 *
 * @param check the check
 * @param why a clause, e.g. "auth.example.com did not respond in time"
 */
export function unknown(check: Check, why: string): Finding {
  return { check, outcome: 'unknown', why };
}

/** From the best to the worst. */
const OUTCOMES = ['ok', 'unknown', 'warning', 'wrong'] as const satisfies readonly Outcome[];

/** One line of the report: a check with all its findings. */
export interface CheckResult {
  readonly check: Check;
  /** The name shown in the report. */
  readonly label: string;
  /** The worst of its findings. */
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
}

/**
 * Groups findings by check.
 *
 * @param findings in any order
 * @returns the checks that have findings, in the order of the report
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

/** Something to fix, with the name of its check. */
export interface NamedTrouble {
  readonly label: string;
  readonly outcome: 'wrong' | 'warning';
  readonly trouble: Trouble;
}

/**
 * Everything to fix.
 *
 * @param results from `byCheck`
 * @returns what is wrong first, then the warnings
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

type Pool = Pick<CognitoConfig, 'region' | 'userPoolId' | 'clientId'>;

/** The console page with an app client's hosted UI settings. */
export const LOGIN_PAGES =
  'Amazon Cognito > User pools > your pool > Applications > App clients > your client > Login pages > Edit';

/**
 * A shell line that changes one setting of an app client. `update-user-pool-client` resets every setting
 * that it isn't given to its default, so the line reads all settings first and sends them back with the
 * change. It drops the three members of `describe-user-pool-client` that the update rejects. Needs jq.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
 *
 * @param config the user pool and the app client
 * @param change a jq filter over the app client, e.g. `.EnableTokenRevocation = true`
 */
export function updateClient(config: Pool, change: string): string {
  const filter = `del(.ClientSecret, .CreationDate, .LastModifiedDate) | ${change}`;
  return [
    `aws cognito-idp describe-user-pool-client ${ofClient(config)} --query UserPoolClient --output json`,
    `jq ${quoted(filter)} > app-client.json`,
  ]
    .join(' | ')
    .concat(
      ` && aws cognito-idp update-user-pool-client --region ${quoted(config.region)} --cli-input-json file://app-client.json`,
    );
}

/**
 * A jq filter that adds strings to a list, which may be missing.
 *
 * @param member e.g. `CallbackURLs`
 * @param texts the strings to add
 */
export function adding(member: string, texts: readonly string[]): string {
  return `.${member} = ((.${member} // []) + ${JSON.stringify(texts)} | unique)`;
}

/** The arguments that select the app client. */
export function ofClient(config: Pool): string {
  return `${ofPool(config)} --client-id ${quoted(config.clientId)}`;
}

/** The arguments that select the user pool. */
export function ofPool({ region, userPoolId }: Pool): string {
  return `--region ${quoted(region)} --user-pool-id ${quoted(userPoolId)}`;
}

/** Quotes a text as one word for a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
