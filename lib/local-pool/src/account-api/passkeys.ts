import { present, range } from '../constraints';
import { type Refused, refused } from '../exceptions';
import { creationOptions } from '../passkeys/options';
import type { Passkey } from '../passkeys/passkey';
import { registerPasskey } from '../passkeys/register';
import { EMPTY, selfService } from '../self-service';
import type { PoolState } from '../state';

/** A user can have this many. With which exception Cognito refuses another isn't documented. */
const MOST = 20;

/**
 * ListWebAuthnCredentials of the JSON API. It declares no exception for a pool without passkeys, so
 * there the list is empty. It is never longer than a page.
 */
export const listWebAuthnCredentials = selfService({
  members: { MaxResults: 'integer', NextToken: 'string' },
  check: ({ MaxResults }) => [range('maxResults', MaxResults, MOST)],
  run({ account, input }) {
    const first = account.passkeys.slice(0, input.MaxResults || MOST);
    return { kind: 'done', answer: { Credentials: first.map(described) } };
  },
});

/** DeleteWebAuthnCredential of the JSON API. */
export const deleteWebAuthnCredential = selfService({
  members: { CredentialId: 'string' },
  check: ({ CredentialId }) => [present('credentialId', CredentialId)],
  run({ pool, account, input }) {
    const off = refuseIfOff(pool);
    if (off) return off;
    const index = account.passkeys.findIndex(({ id }) => id === input.CredentialId);
    if (index < 0) return refused('ResourceNotFoundException', 'Credential does not exist.');
    account.passkeys.splice(index, 1);
    return EMPTY;
  },
});

/** StartWebAuthnRegistration of the JSON API. The options are an object, not a string. */
export const startWebAuthnRegistration = selfService({
  members: {},
  run({ pool, account, client }) {
    const off = refuseIfOff(pool);
    if (off) return off;
    if (account.passkeys.length >= MOST) {
      return refused('LimitExceededException', 'Too many passkeys.');
    }
    const CredentialCreationOptions = creationOptions(pool, account, client.clientId);
    return { kind: 'done', answer: { CredentialCreationOptions } };
  },
});

/** CompleteWebAuthnRegistration of the JSON API. */
export const completeWebAuthnRegistration = selfService({
  members: { Credential: 'document' },
  check: ({ Credential }) => [present('credential', Credential)],
  run({ pool, account, client, input }) {
    const off = refuseIfOff(pool);
    if (off) return off;
    const added = registerPasskey(pool, account, client.clientId, input.Credential);
    return 'kind' in added ? added : EMPTY;
  },
});

/** Times have a fraction in Cognito; the pool's clock has whole seconds. */
function described(passkey: Passkey): object {
  const { id, name, relyingPartyId, attachment, transports, createdAt } = passkey;
  return {
    CredentialId: id,
    FriendlyCredentialName: name,
    RelyingPartyId: relyingPartyId,
    ...(attachment !== undefined && { AuthenticatorAttachment: attachment }),
    AuthenticatorTransports: transports,
    CreatedAt: createdAt,
  };
}

/** The text isn't documented. */
function refuseIfOff({ settings }: PoolState): Refused | null {
  if (settings.passkeys) return null;
  return refused('WebAuthnNotEnabledException', 'WebAuthn is not enabled for this user pool.');
}
