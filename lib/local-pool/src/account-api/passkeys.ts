import { present, range } from '../constraints';
import { refused } from '../exceptions';
import type { Outcome } from '../operation';
import { selfService } from '../self-service';

/** ListWebAuthnCredentials of the JSON API. The pool has no passkeys, so the list is empty. */
export const listWebAuthnCredentials = selfService({
  members: { MaxResults: 'integer', NextToken: 'string' },
  check: ({ MaxResults }) => [range('maxResults', MaxResults, 20)],
  run: () => ({ kind: 'done', answer: { Credentials: [] } }),
});

/** DeleteWebAuthnCredential of the JSON API. */
export const deleteWebAuthnCredential = selfService({
  members: { CredentialId: 'string' },
  check: ({ CredentialId }) => [present('credentialId', CredentialId)],
  run: notEnabled,
});

/** StartWebAuthnRegistration of the JSON API. */
export const startWebAuthnRegistration = selfService({ members: {}, run: notEnabled });

/** CompleteWebAuthnRegistration of the JSON API. */
export const completeWebAuthnRegistration = selfService({
  members: { Credential: 'document' },
  check: ({ Credential }) => [present('credential', Credential)],
  run: notEnabled,
});

/** The text isn't documented. */
function notEnabled(): Outcome {
  return refused('WebAuthnNotEnabledException', 'WebAuthn is not enabled for this user pool.');
}
