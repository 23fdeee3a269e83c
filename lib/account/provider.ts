import type { User } from '@/lib/cognito';

/** A profile of an identity provider, from the claim `identities`, which nobody can choose. */
interface Identity {
  readonly provider: string;
  readonly userId: string;
}

/**
 * Whether the user signs in only with an identity provider, such as Google, and has no password in the user pool.
 * Cognito makes their username from the provider and its user ID. A user with another username has linked the provider
 * to an account with a password.
 *
 * @param user with the claims of the ID token
 */
export function isFederated({ claims, username }: User): boolean {
  return identitiesOf(claims).some(
    ({ provider, userId }) => username.toLowerCase() === `${provider}_${userId}`.toLowerCase(),
  );
}

/**
 * The name of the identity provider that sets some attributes at each sign-in, as the user pool calls it.
 *
 * @param user with the claims of the ID token
 * @returns undefined if there is none
 */
export function providerOf({ claims }: User): string | undefined {
  return identitiesOf(claims)[0]?.provider;
}

function identitiesOf({ identities }: User['claims']): Identity[] {
  if (!Array.isArray(identities)) return [];
  return identities.flatMap((each: unknown) => {
    const [provider, userId] = ['providerName', 'userId'].map((name) => memberOf(each, name));
    return typeof provider === 'string' && typeof userId === 'string' ? [{ provider, userId }] : [];
  });
}

function memberOf(owner: unknown, name: string): unknown {
  return typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined;
}
