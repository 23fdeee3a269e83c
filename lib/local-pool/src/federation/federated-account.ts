import type { PoolState } from '../state';
import type { Account } from '../users';
import type { IdentityProvider, ProviderPerson } from './identity-provider';

export type FederatedSignIn = { kind: 'account'; account: Account } | { kind: 'name-taken' };

/**
 * The directory's account of somebody who came from a provider: made at the first sign-in, its
 * mapped attributes written afresh at each (facts, sections 5 and 9). What no mapping fills stays.
 *
 * A seeded user whose `identities` name this person is linked, and is signed in instead.
 *
 * @param pool the pool
 * @param provider where they signed in
 * @param person what the provider says of them
 * @returns the account; `name-taken` if a user of the pool's own has the name
 */
export function federatedAccount(
  pool: PoolState,
  provider: IdentityProvider,
  person: ProviderPerson,
): FederatedSignIn {
  // In lower case with its prefix, for the pool is case-insensitive (facts, section 9).
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
 * The user name of a federated person.
 *
 * @param provider where they sign in
 * @param person what the provider says of them
 */
export function federatedName(provider: IdentityProvider, person: ProviderPerson): string {
  return `${provider.name}_${person.id}`.toLowerCase();
}

/** Without a password: none opens it, and none can be set. */
function addAccount(
  pool: PoolState,
  provider: IdentityProvider,
  person: ProviderPerson,
  username: string,
): Account {
  const identity = {
    // In milliseconds, and a string like `primary` (facts, section 9).
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

/** An e-mail address or a number is unverified unless a mapping says so (dg: attribute mapping). */
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

/** Several values become one string, `[a,b,c]`, each of them form-encoded (facts, section 9). */
function attributeValue(value: string | boolean | readonly string[]): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  const encode = (one: string) => new URLSearchParams({ one }).toString().slice('one='.length);
  return `[${value.map(encode).join(',')}]`;
}
