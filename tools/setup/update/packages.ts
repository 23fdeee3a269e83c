import { basename } from 'node:path';
import { filesOf, fromJson, type Place, textIn } from './git';
import type { Trees } from './merge';

/** A value that both sides have changed, and not in the same way. */
export interface Disagreement {
  /** Its path, such as `scripts.build`. */
  readonly key: string;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** How to merge two JSON values. */
export interface Rules {
  /** Whether a value counts as a whole, so that two changed versions of it are never mixed. */
  readonly isWhole?: (path: readonly string[]) => boolean;
  /** Which of two changed values to take; yours otherwise. */
  readonly prefer?: 'theirs';
}

type Json = { readonly [key: string]: unknown };

/** The ranges of a `package.json` that can be compared: `1.2.3`, `^1.2.3` and `~1.2.3`. */
const PLAIN_RANGE = /^[~^]?(\d+)\.(\d+)\.(\d+)$/;

/**
 * Merges two JSON values that come from a third, member by member. Of two versions of a package, the higher one is taken.
 * Of other values that both sides have changed differently, yours is kept, and reported: conflict markers would
 * make the file unreadable for npm.
 *
 * @param base the value that both come from; undefined if there is none
 * @param mine the owner's
 * @param theirs the template's
 * @param rules exceptions
 * @returns the merged value, and what the two sides disagree about
 */
export function mergeJson(base: unknown, mine: unknown, theirs: unknown, rules: Rules = {}) {
  const disagreements: Disagreement[] = [];
  const merge = (from: unknown, a: unknown, b: unknown, path: readonly string[]): unknown => {
    if (isSame(a, b) || isSame(b, from)) return a;
    if (isSame(a, from)) return b;
    if (isObject(a) && isObject(b) && !rules.isWhole?.(path)) {
      const old = isObject(from) ? from : {};
      const members = keysOf(a, b).map((key) => [
        key,
        merge(old[key], a[key], b[key], [...path, key]),
      ]);
      return Object.fromEntries(members.filter(([, value]) => value !== undefined));
    }
    if (isTexts(a) && isTexts(b)) return mergeLists(isTexts(from) ? from : [], a, b);
    // What the owner has removed stays removed.
    if (a === undefined) return undefined;
    const higher = higherOf(a, b);
    if (higher !== undefined) return higher;
    if (rules.prefer === 'theirs') return b ?? a;
    disagreements.push({ key: path.join('.'), mine: a, theirs: b });
    return a;
  };
  return { value: merge(base, mine, theirs, []), disagreements };
}

/**
 * A JSON text with another value, indented as before.
 *
 * @param value the new value
 * @param before the text before
 */
export function asJson(value: unknown, before: string): string {
  const [, indentation = '  '] = /^([ \t]+)"/m.exec(before) ?? [];
  return `${JSON.stringify(value, null, indentation)}\n`;
}

/** The keys of both: in the owner's order, each new one of the template behind its neighbor; sorted if the owner's are. */
function keysOf(mine: Json, theirs: Json): string[] {
  const keys = Object.keys(mine);
  const sorted = keys.length > 1 && isSame(keys, keys.toSorted());
  let neighbor = -1;
  for (const key of Object.keys(theirs)) {
    const at = keys.indexOf(key);
    if (at < 0) keys.splice(neighbor + 1, 0, key);
    neighbor = at < 0 ? neighbor + 1 : at;
  }
  return sorted ? keys.sort() : keys;
}

function mergeLists(
  base: readonly string[],
  mine: readonly string[],
  theirs: readonly string[],
): string[] {
  const kept = mine.filter((item) => theirs.includes(item) || !base.includes(item));
  return [...kept, ...theirs.filter((item) => !base.includes(item) && !mine.includes(item))];
}

function higherOf(a: unknown, b: unknown): string | undefined {
  if (typeof a !== 'string' || typeof b !== 'string') return undefined;
  const [one, other] = [PLAIN_RANGE.exec(a)?.slice(1), PLAIN_RANGE.exec(b)?.slice(1)];
  const difference = one
    ?.map((part, at) => Number(part) - Number(other?.[at]))
    .find((each) => each !== 0);
  if (difference === undefined || Number.isNaN(difference)) return undefined;
  return difference > 0 ? a : b;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** The `package.json` and lock files that both sides have changed. */
export interface Packages {
  /** For each path, its new text. */
  readonly changed: ReadonlyMap<string, string>;
  /** What both sides have changed differently, by file. The project's own values were kept. */
  readonly disagreements: ReadonlyMap<string, readonly Disagreement[]>;
  /** The lock files that `npm install` must complete. */
  readonly locks: readonly string[];
}

/** The mode of a file in git, without what it says about who may run it. */
const FILE = '100';

/** An installed package in a lock file, such as `packages["node_modules/next"]`. */
const isEntry = (path: readonly string[]) =>
  path[0] === 'packages' && path.length === 2 && path[1] !== '';

/**
 * Merges the files of npm by their meaning. All others that git merged line by line stay as they are.
 *
 * @param place a repository that has the trees
 * @param trees the three trees
 */
export function mergePackages(place: Place, trees: Trees): Packages {
  const [base, mine, theirs] = [trees.base, trees.mine, trees.theirs].map((tree) =>
    filesOf(place, tree),
  );
  const changed = new Map<string, string>();
  const disagreements = new Map<string, readonly Disagreement[]>();
  for (const [path, blob] of mine ?? []) {
    const name = basename(path);
    if (name !== 'package.json' && name !== 'package-lock.json') continue;
    const [from, their] = [base?.get(path), theirs?.get(path)];
    if (their === undefined || blob === from || their === from || blob === their) continue;
    // The text of a symbolic link is a path.
    if (![blob, their].every((each) => each.startsWith(FILE))) continue;
    const text = textIn(place, trees.mine, path) ?? '';
    const rules = name === 'package.json' ? {} : ({ isWhole: isEntry, prefer: 'theirs' } as const);
    const [old, own, next] = [trees.base, trees.mine, trees.theirs].map((tree) =>
      parsed(path, textIn(place, tree, path)),
    );
    const merged = mergeJson(old, own, next, rules);
    changed.set(path, asJson(merged.value, text));
    if (merged.disagreements.length > 0) disagreements.set(path, merged.disagreements);
  }
  const locks = [...changed.keys()].filter((path) => basename(path) === 'package-lock.json');
  return { changed, disagreements, locks };
}

function parsed(path: string, text: string | undefined): unknown {
  return text === undefined ? undefined : fromJson(path, () => JSON.parse(text));
}
