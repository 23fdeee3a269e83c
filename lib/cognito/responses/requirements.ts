import { insufficientScope, signInTooOld } from './answers';

/** What a route handler requires of its caller, beyond being signed in. */
export interface Requirements {
  /** The name of a Cognito group. */
  readonly group?: string;
  /** The maximum age of the sign-in on the hosted UI, in seconds. */
  readonly maxAge?: number;
  /** A scope that the access token must have, such as `orders/read`; several separated by spaces. */
  readonly scope?: string;
}

/** What a caller has, by bearer token or by session. */
export interface Standing {
  readonly groups: readonly string[];
  /** In seconds; `Infinity` if it is unknown. */
  readonly signInAge: number;
  /** The claims of the access token: of the bearer token, or of the session's. */
  readonly access: { readonly [claim: string]: unknown };
}

/**
 * Finds the first requirement that a caller doesn't meet.
 *
 * @param needs of the route handler
 * @param standing of the caller
 * @returns its name; undefined if the caller meets all of them
 */
export function unmet(needs: Requirements, standing: Standing): keyof Requirements | undefined {
  const { group, maxAge, scope } = needs;
  const { groups, signInAge, access } = standing;
  const has = typeof access.scope === 'string' ? access.scope.split(' ') : [];
  const wanted = scope?.split(' ').filter(Boolean) ?? [];
  if (wanted.some((each) => !has.includes(each))) return 'scope';
  if (group !== undefined && !groups.includes(group)) return 'group';
  // Not `>`: a comparison with NaN is false, and must not let the caller in.
  if (maxAge !== undefined && !(signInAge <= maxAge)) return 'maxAge';
  return undefined;
}

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
