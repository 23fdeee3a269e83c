import type { Claims, Json } from './claim-types';
import type { GroupConfiguration } from './group-claims';

/**
 * The V2 event of Cognito's pre token generation trigger, so that you can pass a Lambda handler.
 */
export interface PreTokenGenerationEvent {
  version: '2';
  triggerSource: 'TokenGeneration_HostedAuth' | 'TokenGeneration_RefreshTokens';
  region: string;
  userPoolId: string;
  userName: string;
  callerContext: { clientId: string };
  request: {
    userAttributes: Record<string, string>;
    groupConfiguration: GroupConfiguration;
    scopes: readonly string[];
  };
  response: { claimsAndScopeOverrideDetails: OverrideDetails | null };
}

/** The changes of a trigger. What it leaves out stays. */
export interface OverrideDetails {
  idTokenGeneration?: ClaimChanges | undefined;
  accessTokenGeneration?: (ClaimChanges & ScopeChanges) | undefined;
  /** Replaces groups and roles in both tokens. Without `groupsToOverride` there are no groups. */
  groupOverrideDetails?: Partial<GroupConfiguration> | undefined;
}

export interface ClaimChanges {
  claimsToAddOrOverride?: Readonly<Record<string, Json>> | undefined;
  claimsToSuppress?: readonly string[] | undefined;
}

export interface ScopeChanges {
  scopesToAdd?: readonly string[] | undefined;
  scopesToSuppress?: readonly string[] | undefined;
}

/** The trigger: receives the event, and returns it with a response. */
export type PreTokenGeneration = (
  event: PreTokenGenerationEvent,
) => PreTokenGenerationEvent | Promise<PreTokenGenerationEvent>;

/** A trigger can't change these (facts, section 9), nor any `cognito:` claim except the groups. */
const UNTOUCHABLE = new Set(
  (
    'acr amr at_hash auth_time azp client_id device_key event_id exp iat identities iss jti nbf ' +
    'nonce origin_jti sub token_use username version'
  ).split(' '),
);

/**
 * Applies a trigger's changes to the claims of a token.
 *
 * @param claims the claims of one token
 * @param changes the changes for that token
 * @param clientId the only `aud` that a trigger may set (facts, section 9)
 */
export function changeClaims(
  claims: Claims,
  changes: ClaimChanges | undefined,
  clientId: string,
): Claims {
  const changed = new Map(Object.entries(claims));
  for (const name of changes?.claimsToSuppress ?? []) {
    if (!mayChange(name)) continue;
    changed.delete(name);
    if (name !== 'cognito:groups') continue;
    changed.delete('cognito:roles');
    changed.delete('cognito:preferred_role');
  }
  for (const [name, value] of Object.entries(changes?.claimsToAddOrOverride ?? {})) {
    const allowed = name === 'aud' ? value === clientId : mayChange(name);
    if (allowed) changed.set(name, value);
  }
  return Object.fromEntries(changed);
}

/**
 * Applies a trigger's changes to the access token's scopes.
 *
 * @param scopes the granted scopes
 * @param changes the changes for the access token
 */
export function changeScopes(
  scopes: readonly string[],
  changes: ScopeChanges | undefined,
): readonly string[] {
  const suppressed = changes?.scopesToSuppress ?? [];
  const kept = scopes.filter((scope) => !suppressed.includes(scope));
  return [...new Set([...kept, ...(changes?.scopesToAdd ?? [])])];
}

/**
 * Applies a trigger's changes to the groups.
 *
 * @param groups the user's groups
 * @param changes the changes for both tokens
 */
export function changeGroups(
  groups: GroupConfiguration,
  changes: Partial<GroupConfiguration> | undefined,
): GroupConfiguration {
  if (changes === undefined) return groups;
  return {
    groupsToOverride: changes.groupsToOverride ?? [],
    iamRolesToOverride: changes.iamRolesToOverride ?? [],
    preferredRole: changes.preferredRole ?? null,
  };
}

function mayChange(name: string): boolean {
  if (name === 'cognito:groups') return true;
  return name !== 'aud' && !name.startsWith('cognito:') && !UNTOUCHABLE.has(name);
}
