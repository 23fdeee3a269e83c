import type { Target } from './target';

/** What a user pool or its app client must have for a behavior to be observable. */
export type Trait = 'confidential' | 'public' | 'managed' | 'classic' | 'rotation' | 'no-rotation';

/**
 * What it takes to observe a behavior: only requests from outside; one sign-in; or the local pool's
 * controls, because the clock, the users or the settings must change.
 */
export type Needs = 'outside' | 'sign-in' | 'control';

/**
 * Whether the local pool does the same, and how certain that is. `same` is based on AWS's documentation or
 * on a recording; `unconfirmed` is a choice where neither decides; `different` is deliberate, with the
 * local pool's own response and the reason.
 */
export type Standing =
  | { kind: 'same' }
  | { kind: 'unconfirmed' }
  | { kind: 'different'; local: string; why: string };

/**
 * Something that a client can observe of a user pool: a row of `results.md`, a test of the local pool, and
 * a check of a real one by `npm run --prefix tools/workshop verify:aws`.
 */
export interface Behavior {
  /** Stable and unique, e.g. `token/code-twice`. */
  readonly id: string;
  /** What is observed, e.g. `The same code twice`. */
  readonly ask: string;
  /** Cognito's behavior, as `observe` returns it. */
  readonly cognito: string;
  /** The source of that, in the notation of the facts: `dg: token`, `obs`, `rfc 7636`. */
  readonly source: string;
  readonly standing: Standing;
  readonly needs: Needs;
  /** The pool must have all of them; an empty list means every pool. */
  readonly traits: readonly Trait[];
  /** Sends the requests, and describes the responses without anything that differs between runs. */
  observe(target: Target): Promise<string>;
}

/** Members of a behavior that have defaults. */
type Usual = 'standing' | 'needs' | 'traits';

/**
 * Completes a behavior with the defaults: the same in the local pool, observable from outside, of every pool.
 *
 * @param row the rest
 */
export function behavior(row: Omit<Behavior, Usual> & Partial<Pick<Behavior, Usual>>): Behavior {
  return { standing: { kind: 'same' }, needs: 'outside', traits: [], ...row };
}

/** The standing of a row for which no source says what Cognito does. */
export const unconfirmed: Standing = { kind: 'unconfirmed' };

/**
 * The standing of a row where the local pool deliberately does something else.
 *
 * @param local what it does
 * @param why the reason
 */
export function different(local: string, why: string): Standing {
  return { kind: 'different', local, why };
}

/**
 * What the local pool must do.
 *
 * @param row a behavior
 */
export function expectedHere(row: Behavior): string {
  return row.standing.kind === 'different' ? row.standing.local : row.cognito;
}

/** Thrown by a row that the user pool, the app client or the test user cannot show. */
export class CannotShow extends Error {
  /** @param why what is missing, without any value */
  constructor(why: string) {
    super(why);
    this.name = 'CannotShow';
  }
}
