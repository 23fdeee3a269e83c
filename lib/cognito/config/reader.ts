import { ADVICE, type Variable } from './advice';
import { isProblem, type Problem } from './values';

/** One wrong or missing variable. Holds no value of a secret. */
export interface ConfigProblem {
  readonly variable: Variable;
  readonly problem: string;
  /** What a right value looks like and where in the AWS console it is found. */
  readonly remedy: string;
}

/** Reads variables one by one, and collects everything that is wrong with them. */
export interface Reader {
  /** A variable's value, trimmed; undefined if unset or empty. */
  readonly read: (variable: Variable) => string | undefined;
  /** A variable through a parser; undefined if unset, or if the parser returns a problem. */
  readonly parse: <T>(variable: Variable, parser: (value: string) => T | Problem) => T | undefined;
  readonly report: (variable: Variable, problem: string) => void;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Creates a reader of an environment.
 *
 * @param env names and values
 */
export function createReader(env: Readonly<Record<string, string | undefined>>): Reader {
  const problems: ConfigProblem[] = [];
  const read = (variable: Variable) => env[variable]?.trim() || undefined;
  const report = (variable: Variable, problem: string) => {
    problems.push({ variable, problem, remedy: ADVICE[variable] });
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
