import type { Target } from './target';

/** What a user pool or its app client must have for a behaviour to show. */
export type Trait = 'confidential' | 'public' | 'managed' | 'classic' | 'rotation' | 'no-rotation';

/**
 * What it takes to see a behaviour: nothing but requests from outside; somebody signed in, once; or
 * the local pool's own controls, because time, people or settings must change.
 */
export type Needs = 'outside' | 'sign-in' | 'control';

/**
 * How sure we are, and whether the local pool does the same. `same` rests on AWS's documents or on
 * what somebody recorded; `unconfirmed` is what was chosen where neither says it; `different` is
 * known, with the local pool's own answer and the reason.
 */
export type Standing =
  | { kind: 'same' }
  | { kind: 'unconfirmed' }
  | { kind: 'different'; local: string; why: string };

/**
 * One thing that a site can observe of a user pool: a row of `results.md`, a test
 * of the local pool, and a question that `npm run --prefix tools/workshop verify:aws` puts to a real one.
 */
export interface Behaviour {
  /** Stable and unique, e.g. `token/code-twice`. */
  readonly id: string;
  /** What is done, e.g. `A code is redeemed a second time`. */
  readonly ask: string;
  /** What Cognito answers, in the words that `observe` gives. */
  readonly cognito: string;
  /** Where that is known from, in the manner of the facts: `dg: token`, `obs`, `rfc 7636`. */
  readonly source: string;
  readonly standing: Standing;
  readonly needs: Needs;
  /** All of them must hold; without any, the behaviour is every pool's. */
  readonly traits: readonly Trait[];
  /** Asks, and says what came back without anything that differs from run to run. */
  observe(target: Target): Promise<string>;
}

/** What of a behaviour may be left out when it is written down. */
type Usual = 'standing' | 'needs' | 'traits';

/**
 * Completes a behaviour: documented, the same in the local pool, visible from outside, of every pool.
 *
 * @param row whatever differs from that
 */
export function behaviour(
  row: Omit<Behaviour, Usual> & Partial<Pick<Behaviour, Usual>>,
): Behaviour {
  return { standing: { kind: 'same' }, needs: 'outside', traits: [], ...row };
}

/** The standing of a row that no source decides. */
export const unconfirmed: Standing = { kind: 'unconfirmed' };

/**
 * The standing of a row where the local pool is known to do something else.
 *
 * @param local what it answers
 * @param why it does
 */
export function different(local: string, why: string): Standing {
  return { kind: 'different', local, why };
}

/**
 * What the local pool must answer.
 *
 * @param row a behaviour
 */
export function expectedHere(row: Behaviour): string {
  return row.standing.kind === 'different' ? row.standing.local : row.cognito;
}

/** Thrown by a row that a user pool, its app client or its person lacks something for. */
export class CannotShow extends Error {
  /** @param why what it lacks, without a value of its own */
  constructor(why: string) {
    super(why);
    this.name = 'CannotShow';
  }
}
