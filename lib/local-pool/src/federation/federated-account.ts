import type { PoolState } from '../state';
import type { Account } from '../users';
import type { IdentityProvider, ProviderPerson } from './identity-provider';

export type FederatedSignIn = { kind: 'account'; account: Account } | { kind: 'name-taken' };

/**
 * Finds or creates the account of a user who signed in at a provider. The first sign-in creates it,
 * and each sign-in updates the mapped attributes (facts, sections 5 and 9); the others stay.
 *
 * If a seeded user's `identities` contain this user, the seeded user is signed in instead.
 *
 * @param pool the pool
 * @param provider where the user signed in
 * @param person what the provider knows about the user
 * @returns the account; `name-taken` if another user of the pool has the name
 */
export function federatedAccount(
  pool: PoolState,
  provider: IdentityProvider,
  person: ProviderPerson,
): FederatedSignIn {
  // In lower case including the prefix, because the pool is case-insensitive (facts, section 9).
  const username = federatedName(provider, person);
  const linked = pool.users.list().find(({ identities }) => {
    return identities.some(
      ({ providerName, userId }) => providerName === provider.name && userId === person.id,
    );
  });
  const known = linked ?? pool.users.find(username);
  if (known && known !== linked) return { kind: 'name-taken' };

  const account = known ?? addAccount(pool, provider, person, username);
  for (const [name, value] of mappedAttributes(provider, person)) {
    account.attributes.set(name, value);
  }
  return { kind: 'account', account };
}

/**
 * The username of a federated user.
 *
 * @param provider where the user signs in
 * @param person what the provider knows about the user
 */
export function federatedName(provider: IdentityProvider, person: ProviderPerson): string {
  return `${provider.name}_${person.id}`.toLowerCase();
}

/** Creates the account without a password, so that no password works and none can be set. */
function addAccount(
  pool: PoolState,
  provider: IdentityProvider,
  person: ProviderPerson,
  username: string,
): Account {
  const identity = {
    // In milliseconds, as a string like `primary` (facts, section 9).
    dateCreated: String(pool.now() * 1000),
    userId: person.id,
    providerName: provider.name,
    providerType: provider.type,
    issuer: null,
    primary: 'true',
  };
  return pool.users.add({
    username,
    groups: [`${pool.settings.userPoolId}_${provider.name}`],
    attributes: {},
    identities: [identity],
  });
}

/** An email address or phone number is unverified unless mapped (dg: attribute mapping). */
function mappedAttributes(provider: IdentityProvider, person: ProviderPerson): Map<string, string> {
  const claims = new Map(Object.entries(person.claims));
  const mapped = new Map<string, string>();
  for (const [attribute, claim] of Object.entries(provider.attributeMapping)) {
    const value = claims.get(claim);
    if (value !== undefined) mapped.set(attribute, attributeValue(value));
  }
  for (const attribute of ['email', 'phone_number']) {
    const verified = `${attribute}_verified`;
    if (mapped.has(attribute) && !mapped.has(verified)) mapped.set(verified, 'false');
  }
  return mapped;
}

/**
 * Multiple values become one string, `[a,b,c]`, with each value form-encoded (facts, section 9).
 */
function attributeValue(value: string | boolean | readonly string[]): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  const encode = (one: string) => new URLSearchParams({ one }).toString().slice('one='.length);
  return `[${value.map(encode).join(',')}]`;
}
