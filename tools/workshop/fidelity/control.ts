import type { LocalPool } from '@/lib/local-pool/src/pool';
import type { Target } from './target';

/**
 * The local pool's controls.
 *
 * @param target a local pool
 * @throws Error for a real pool; rows with `needs: 'control'` are not checked there
 */
export function controlOf(target: Target): LocalPool {
  if (!target.control) throw new Error('Only the local pool can be controlled.');
  return target.control;
}
