import type { Variable } from './advice';
import { isProblem, type Problem } from './values';

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
export function createReader(env: Readonly<Record<string, string | undefined>>): Reader {
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
