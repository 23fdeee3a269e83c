import { type Behavior, CannotShow, expectedHere, type Trait } from './behavior';
import type { Target } from './target';

/** The result of one check against a user pool. */
export type Verdict =
  /** The same as the local pool. */
  | { kind: 'agrees' }
  /** As documented, where the local pool deliberately does something else. */
  | { kind: 'known' }
  /** Neither: the table, or the local pool, or both are wrong. */
  | { kind: 'differs'; seen: string }
  /** The check could not be completed. */
  | { kind: 'failed'; why: string }
  | { kind: 'not-asked'; why: string };

/**
 * Checks one behavior of a user pool.
 *
 * @param row the behavior
 * @param target the user pool, with all its known traits
 */
export async function judge(row: Behavior, target: Target): Promise<Verdict> {
  if (row.needs === 'control')
    return { kind: 'not-asked', why: 'only the local pool can show this' };
  const missing = row.traits.filter((trait) => !target.traits.has(trait));
  if (missing.length > 0)
    return { kind: 'not-asked', why: `this pool or client is not: ${missing.join(', ')}` };

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
 * Detects the kind of a user pool, as far as requests from outside can tell.
 *
 * @param target with the traits from its settings
 */
export async function traitsFromOutside(target: Target): Promise<Set<Trait>> {
  // Managed login knows `prompt`, the classic hosted UI does not (cognito-facts, section 12).
  const silent = await target.authorize({ prompt: 'none' });
  const location = silent.headers.get('location') ?? '';
  return new Set([...target.traits, location.includes('login_required') ? 'managed' : 'classic']);
}

/**
 * Detects whether refresh tokens rotate; signs in.
 *
 * @param target a pool with a test user
 */
export async function rotationOf(target: Target): Promise<Trait> {
  const { refresh_token } = await target.freshTokens();
  const refreshed = await target.refresh(refresh_token);
  return (await refreshed.text()).includes('"refresh_token"') ? 'rotation' : 'no-rotation';
}

/** Error messages contain no tokens; if one ever does, it is not printed. */
function withoutTokens(text: string): string {
  return text.replaceAll(/ey[\w-]{20,}[\w.-]*/g, '<token>');
}
