import { type Behaviour, CannotShow, expectedHere, type Trait } from './behaviour';
import type { Target } from './target';

/** What came of putting one question to a user pool. */
export type Verdict =
  /** As the local pool answers. */
  | { kind: 'agrees' }
  /** As documented, where the local pool is known to do something else. */
  | { kind: 'known' }
  /** Neither: the table, or the local pool, or both are wrong. */
  | { kind: 'differs'; seen: string }
  /** No answer could be had. */
  | { kind: 'failed'; why: string }
  | { kind: 'not-asked'; why: string };

/**
 * Puts one behaviour's question to a user pool.
 *
 * @param row the behaviour
 * @param target the user pool, with all the traits that are known of it
 */
export async function judge(row: Behaviour, target: Target): Promise<Verdict> {
  if (row.needs === 'control')
    return { kind: 'not-asked', why: 'only the local pool can be made to show it' };
  const missing = row.traits.filter((trait) => !target.traits.has(trait));
  if (missing.length > 0)
    return { kind: 'not-asked', why: `this one is not: ${missing.join(', ')}` };

  try {
    const seen = await row.observe(target);
    if (seen === expectedHere(row)) return { kind: 'agrees' };
    return seen === row.cognito ? { kind: 'known' } : { kind: 'differs', seen };
  } catch (error) {
    if (error instanceof CannotShow) return { kind: 'not-asked', why: error.message };
    return {
      kind: 'failed',
      why: withoutTokens(error instanceof Error ? error.message : 'unknown'),
    };
  }
}

/**
 * Finds out what kind of user pool it is, as far as requests from outside can tell.
 *
 * @param target with the traits that its settings say
 */
export async function traitsFromOutside(target: Target): Promise<Set<Trait>> {
  // Managed login knows `prompt`, the classic hosted UI does not (cognito-facts, section 12).
  const silent = await target.authorize({ prompt: 'none' });
  const location = silent.headers.get('location') ?? '';
  return new Set([...target.traits, location.includes('login_required') ? 'managed' : 'classic']);
}

/**
 * Finds out, after the sign-in, whether refresh tokens are rotated.
 *
 * @param target a pool at which somebody can sign in
 */
export async function rotationOf(target: Target): Promise<Trait> {
  const { refresh_token } = await target.freshTokens();
  const refreshed = await target.refresh(refresh_token);
  return (await refreshed.text()).includes('"refresh_token"') ? 'rotation' : 'no-rotation';
}

/** Error messages hold none; should one ever, it is not printed. */
function withoutTokens(text: string): string {
  return text.replaceAll(/ey[\w-]{20,}[\w.-]*/g, '<token>');
}
