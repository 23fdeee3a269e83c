/**
 * One defence taken away: an edit of one file that a stranger would be glad of. A list of edits and no
 * tool that makes them up: it says which defence is meant, and reaches what only a built site shows.
 */
export interface Mutant {
  readonly id: string;
  /** What it takes away, in words. */
  readonly defence: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Who can see it: tests of the code in their own process, or tests of the built site. */
  readonly level: 'unit' | 'site';
  /** Words in the paths of the test files to run; none for all unit tests of `tests/cognito`. */
  readonly tests: readonly string[];
  /** Why no test can catch it. */
  readonly explained?: string;
}

/** The mutants of one heading. */
export interface Theme {
  readonly title: string;
  readonly mutants: readonly Mutant[];
}

/** What mutants of one file have each for themselves; the rest over that of the group. */
type Change = Pick<Mutant, 'id' | 'defence' | 'find' | 'replace' | 'explained'> &
  Partial<Pick<Mutant, 'file' | 'tests' | 'level'>>;

/** Mutants of one file that tests of its module are to catch. */
export function unit(file: string, tests: readonly string[], changes: readonly Change[]): Mutant[] {
  return changes.map((change) => ({ file, level: 'unit', tests, ...change }));
}

/** Mutants of one file that only the built site shows. */
export function site(file: string, tests: readonly string[], changes: readonly Change[]): Mutant[] {
  return changes.map((change) => ({ file, level: 'site', tests, ...change }));
}

/** @returns the file's text with the defence taken away */
export function mutate(text: string, { id, file, find, replace }: Mutant): string {
  const places = text.split(find).length - 1;
  if (places !== 1) throw new Error(`${id}: found ${places} times in ${file}`);
  return text.replace(find, () => replace);
}
