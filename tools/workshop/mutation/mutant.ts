/**
 * One edit of one file that removes a defense. The edits are written by hand, not generated, so that each
 * names the defense that it removes, and some can be caught only by tests of a built site.
 */
export interface Mutant {
  readonly id: string;
  /** The defense that the edit removes, in words. */
  readonly defense: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Which tests can catch it: those of the code in their own process, or those of the built site. */
  readonly level: 'unit' | 'site';
  /** Words in the paths of the test files to run; an empty list runs all of `tests/cognito`. */
  readonly tests: readonly string[];
  /** Why no test can catch it. */
  readonly explained?: string;
}

/** The mutants of one heading. */
export interface Theme {
  readonly title: string;
  readonly mutants: readonly Mutant[];
}

/** What differs between the mutants of one group; optional fields override the group's. */
type Change = Pick<Mutant, 'id' | 'defense' | 'find' | 'replace' | 'explained'> &
  Partial<Pick<Mutant, 'file' | 'tests' | 'level'>>;

/** Mutants of one file that unit tests must catch. */
export function unit(file: string, tests: readonly string[], changes: readonly Change[]): Mutant[] {
  return changes.map((change) => ({ file, level: 'unit', tests, ...change }));
}

/** Mutants of one file that only tests of the built site can catch. */
export function site(file: string, tests: readonly string[], changes: readonly Change[]): Mutant[] {
  return changes.map((change) => ({ file, level: 'site', tests, ...change }));
}

/** @returns the file's text without the defense */
export function mutate(text: string, { id, file, find, replace }: Mutant): string {
  const places = text.split(find).length - 1;
  if (places !== 1) throw new Error(`${id}: found ${places} times in ${file}`);
  return text.replace(find, () => replace);
}
