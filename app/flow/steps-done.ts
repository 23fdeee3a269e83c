import type { StepId } from './steps';

const SIGN_IN: readonly StepId[] = [
  'ask',
  'attempt',
  'hosted-ui',
  'callback',
  'tokens',
  'verify',
  'seal',
  'page',
];

/**
 * The steps that have happened in the visitor's session.
 *
 * @param session null if the visitor is signed out
 */
export function stepsDone(session: { refreshed: boolean } | null): ReadonlySet<StepId> {
  if (!session) return new Set();
  return new Set<StepId>([...SIGN_IN, ...(session.refreshed ? (['refresh'] as const) : [])]);
}
