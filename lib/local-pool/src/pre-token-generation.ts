import type { Claims, Json } from './claim-types';
import type { GroupConfiguration } from './group-claims';

/** The V2 event of Cognito's pre token generation trigger, so that a Lambda's handler fits in. */
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

/** What a trigger wants changed; what it leaves out stays. */
export interface OverrideDetails {
  idTokenGeneration?: ClaimChanges | undefined;
  accessTokenGeneration?: (ClaimChanges & ScopeChanges) | undefined;
  /** Replaces groups and roles in both tokens; without `groupsToOverride` there are none. */
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

/** The trigger: it gets the event, and gives it back with a response. */
export type PreTokenGeneration = (
  event: PreTokenGenerationEvent,
) => PreTokenGenerationEvent | Promise<PreTokenGenerationEvent>;

/** No trigger changes these (facts, section 9), nor any of `cognito:` but the groups. */
const UNTOUCHABLE = new Set(
  (
    'acr amr at_hash auth_time azp client_id device_key event_id exp iat identities iss jti nbf ' +
    'nonce origin_jti sub token_use username version'
  ).split(' '),
);

/**
 * The claims as a trigger wants them.
 *
 * @param claims of one token
 * @param changes for that token
 * @param clientId the only `aud` that a trigger may give (facts, section 9)
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
 * The access token's scopes as a trigger wants them.
 *
 * @param scopes the granted ones
 * @param changes for the access token
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
 * The groups as a trigger wants them.
 *
 * @param groups the user's own
 * @param changes for both tokens
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
