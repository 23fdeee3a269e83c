import type { Requirements } from '../access/requirements';
import { insufficientScope, signInTooOld } from './answers';

/**
 * The response to a caller who does not meet a requirement of a route handler. Not exported by
 * `index.ts`: the middleware doesn't need it.
 *
 * @param missing the requirement
 * @param needs all of them
 */
export function requirementUnmet(missing: keyof Requirements, needs: Requirements): Response {
  if (missing === 'maxAge') return signInTooOld(needs.maxAge ?? 0);
  return insufficientScope(missing === 'scope' ? needs.scope : undefined);
}
