import type { LocalPool } from '@/lib/local-pool/src/pool';
import type { Target } from './target';

/**
 * The local pool's controls, for behaviours that need them.
 *
 * @param target a local one
 * @throws Error for a real pool, which no row with `needs: 'control'` is asked of
 */
export function controlOf(target: Target): LocalPool {
  if (!target.control) throw new Error('Only the local pool can be controlled.');
  return target.control;
}
