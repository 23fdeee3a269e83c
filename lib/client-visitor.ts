import type { Visitor } from '@/lib/cognito';

/** What client components know about the visitor, from `useVisitor()`. */
export type ClientVisitor =
  | { readonly state: 'signed-in'; readonly name: string; readonly groups: readonly string[] }
  | { readonly state: 'signed-out' }
  /** There is a session, but it can't be verified right now. */
  | { readonly state: 'unavailable' };

/**
 * Chooses what client components can know. It is part of every page that the user opens, so add only
 * what you show: never a token, and not all claims.
 *
 * @param visitor as the server has just verified it
 */
export function toClientVisitor(visitor: Visitor): ClientVisitor {
  if (visitor.state !== 'signed-in') return { state: visitor.state };
  const { name, username, groups } = visitor.user;
  return { state: 'signed-in', name: name ?? username, groups };
}
