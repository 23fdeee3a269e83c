import type { Variable } from './advice';
import { isProblem, type Problem } from './values';

type Env = Readonly<Record<string, string | undefined>>;

/** One invalid or missing variable, without the value of a secret. `ADVICE` says how to fix it. */
export interface ConfigProblem {
  readonly variable: Variable;
  /** What is wrong: the rest of a sentence that starts with the variable's name. */
  readonly problem: string;
}

/** Reads environment variables and collects all problems with them. */
export interface Reader {
  /** Returns a variable's trimmed value; undefined if unset or empty. */
  readonly read: (variable: Variable) => string | undefined;
  /** Returns a variable's parsed value; undefined if unset, or if the parser returns a problem. */
  readonly parse: <T>(variable: Variable, parser: (value: string) => T | Problem) => T | undefined;
  /** Adds a problem. */
  readonly report: (variable: Variable, problem: string) => void;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Creates a reader for an environment.
 *
 * @param env names and values
 */
export function createReader(env: Env): Reader {
  const problems: ConfigProblem[] = [];
  const read = (variable: Variable) => env[variable]?.trim() || undefined;
  const report = (variable: Variable, problem: string) => {
    problems.push({ variable, problem });
  };
  return {
    read,
    report,
    problems,
    parse(variable, parser) {
      const value = read(variable);
      if (value === undefined) return undefined;
      const parsed = parser(value);
      if (!isProblem(parsed)) return parsed;
      report(variable, parsed.problem);
      return undefined;
    },
  };
}

/**
 * Fills in variables that aren't set from Vercel's system environment variables
 * (https://vercel.com/docs/environment-variables/system-environment-variables): the redirect URI
 * from the production domain, and the origin of a preview with a relay from the branch URL.
 * `VERCEL_URL` is of no use: it changes with every deployment, and Cognito compares whole URLs.
 *
 * @param env names and values
 * @returns the non-empty variables, with those defaults
 */
export function withVercelDefaults(env: Env): Env {
  const production = productionUrls(env);
  const preview = env.VERCEL_ENV === 'preview' && Boolean(env.PREVIEW_RELAY_SECRET?.trim());
  const branch = env.VERCEL_BRANCH_URL?.trim();
  const defaults: Record<string, string> = {};
  if (production && (preview || env.VERCEL_ENV === 'production')) {
    defaults.COGNITO_REDIRECT_URI = production.redirectUri;
  }
  if (preview && branch) defaults.PREVIEW_ORIGIN = `https://${branch}`;
  const given = Object.entries(env).filter(([, value]) => value?.trim());
  return { ...defaults, ...Object.fromEntries(given) };
}

/** The two URLs to register with the app client. */
export interface ProductionUrls {
  readonly redirectUri: string;
  readonly logoutUri: string;
}

/**
 * The URLs on the production domain. Vercel's environment provides the domain, never a request.
 *
 * @param env names and values
 * @returns the URLs; undefined if Vercel's variable is unset or isn't a host name
 */
export function productionUrls(env: Env): ProductionUrls | undefined {
  const host = env.VERCEL_PROJECT_PRODUCTION_URL?.trim() ?? '';
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host)) return undefined;
  return { redirectUri: `https://${host}/login`, logoutUri: `https://${host}/` };
}
