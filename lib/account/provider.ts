import type { User } from '@/lib/cognito';

/**
 * Whether the user signs in with an identity provider, such as Google, and has no password in the user pool.
 *
 * @param user with the claims of the ID token: Cognito adds `identities` for these users, and nobody can choose it
 */
export function isFederated({ claims }: User): boolean {
  return Array.isArray(claims.identities) && claims.identities.length > 0;
}

/**
 * The name of the user's identity provider, as the user pool calls it.
 *
 * @param user for whom `isFederated` is true
 */
export function providerOf({ claims }: User): string {
  const [first]: unknown[] = Array.isArray(claims.identities) ? claims.identities : [];
  const name: unknown =
    typeof first === 'object' && first !== null ? Reflect.get(first, 'providerName') : '';
  return typeof name === 'string' && name !== '' ? name : 'another provider';
}
