import { type Refused, refused } from '../exceptions';
import type { PoolState } from '../state';
import type { Account } from '../users';
import { type AuthenticatorData, readAuthenticatorData } from './authenticator-data';
import { type BrowserCredential, readBrowserCredential } from './browser-credential';
import { decodeCbor } from './cbor';
import { takeChallenge } from './challenges';
import type { Passkey } from './passkey';
import { isOriginAllowed, isRelyingParty, relyingPartyId } from './relying-party';

/**
 * Completes a registration, and adds the passkey to the account. Cognito, too, accepts every
 * authenticator, so the attestation statement says nothing that matters (facts, section 6). AWS
 * documents the names of the exceptions; their messages are this pool's own.
 *
 * @param pool the pool
 * @param account the user
 * @param clientId the client that completes it
 * @param json the browser's `RegistrationResponseJSON`
 */
export function registerPasskey(
  pool: PoolState,
  account: Account,
  clientId: string,
  json: unknown,
): Passkey | Refused {
  const sent = readBrowserCredential(json);
  if (!sent) return refused('InvalidParameterException', 'Invalid credential.');
  const { clientData } = sent;
  const ceremony = { purpose: 'create', username: account.username } as const;
  const started = takeChallenge(pool, clientData.challenge, ceremony);
  if (!started) {
    return refused('WebAuthnChallengeNotFoundException', 'Challenge not found.');
  }
  if (started.clientId !== clientId) {
    return refused('WebAuthnClientMismatchException', 'Another client started the registration.');
  }
  if (!isOriginAllowed(pool, clientData.origin)) {
    return refused('WebAuthnOriginNotAllowedException', 'Origin is not allowed.');
  }
  const data = attestedData(sent);
  if (clientData.type !== 'webauthn.create' || !data) return notSupported();
  if (!isRelyingParty(pool, data.rpIdHash)) {
    return refused('WebAuthnRelyingPartyMismatchException', 'Relying party does not match.');
  }
  return addPasskey(pool, account, sent, data);
}

function addPasskey(
  pool: PoolState,
  account: Account,
  { id, attachment, transports }: BrowserCredential,
  { credential, userPresent, signCount }: AuthenticatorData,
): Passkey | Refused {
  if (!userPresent || !credential?.publicKey) return notSupported();
  const isOther = credential.id.toString('base64url') !== id;
  if (isOther || account.passkeys.some((passkey) => passkey.id === id)) return notSupported();
  const passkey = {
    id,
    // The second name is a choice; the first is in the AWS CLI's example.
    name: attachment === 'cross-platform' ? 'Roaming passkey' : 'Passkey',
    relyingPartyId: relyingPartyId(pool),
    attachment,
    transports,
    createdAt: pool.now(),
    publicKey: credential.publicKey,
    signCount,
  };
  account.passkeys.push(passkey);
  return passkey;
}

/** The attestation object (section 6.5.4) contains the authenticator data. */
function attestedData({ attestationObject }: BrowserCredential): AuthenticatorData | null {
  const attestation = decodeCbor(attestationObject);
  const bytes = attestation instanceof Map ? attestation.get('authData') : undefined;
  return Buffer.isBuffer(bytes) ? readAuthenticatorData(bytes) : null;
}

function notSupported(): Refused {
  return refused('WebAuthnCredentialNotSupportedException', 'Credential is not supported.');
}
