import { type Caller, call, nothing } from './call';
import type { AccountResult } from './operation';
import { listOf, memberOf, textOf } from './response';

/** A user can have this many, and Cognito returns at most this many at once. */
const MOST = 20;

/** A passkey. Cognito's documentation and samples differ in which members are always there. */
export interface Passkey {
  readonly id: string;
  /** Chosen by Cognito, e.g. the password manager's name. */
  readonly name: string | undefined;
  /** The domain that the passkey works on. */
  readonly relyingPartyId: string | undefined;
  /** Seconds since 1970, with a fraction. */
  readonly createdAt: number | undefined;
}

/**
 * Lists the user's passkeys.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListWebAuthnCredentials.html
 *
 * @param caller the user
 */
export function listPasskeys(caller: Caller): Promise<AccountResult<readonly Passkey[]>> {
  return call(caller, 'ListWebAuthnCredentials', { MaxResults: MOST }, (body) =>
    listOf(body, 'Credentials').flatMap((item) => passkeyOf(item) ?? []),
  );
}

/**
 * Asks whether the user could add a passkey. No other operation tells whether the user pool has
 * passkeys. It starts a registration, which then expires: nothing changes.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StartWebAuthnRegistration.html
 *
 * @param caller the user
 * @returns `passkeys_not_available` if the user pool has none
 */
export function canAddPasskey(caller: Caller): Promise<AccountResult<null>> {
  return call(caller, 'StartWebAuthnRegistration', {}, nothing);
}

/**
 * Deletes a passkey. The browser or password manager still offers it: tell the user.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteWebAuthnCredential.html
 *
 * @param caller the user, who signed in a short time ago
 * @param id of the passkey; `not_found` if the user has no such passkey
 */
export function deletePasskey(caller: Caller, id: string): Promise<AccountResult<null>> {
  return call(caller, 'DeleteWebAuthnCredential', { CredentialId: id }, nothing);
}

function passkeyOf(item: unknown): Passkey | undefined {
  const id = textOf(item, 'CredentialId');
  if (id === undefined) return undefined;
  const createdAt = memberOf(item, 'CreatedAt');
  return {
    id,
    name: textOf(item, 'FriendlyCredentialName'),
    relyingPartyId: textOf(item, 'RelyingPartyId'),
    createdAt: typeof createdAt === 'number' ? createdAt : undefined,
  };
}
