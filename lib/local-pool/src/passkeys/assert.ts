import { createHash, verify } from 'node:crypto';
import type { PoolState } from '../state';
import type { Account } from '../users';
import { readAuthenticatorData } from './authenticator-data';
import { readBrowserCredential } from './browser-credential';
import { takeChallenge } from './challenges';
import { isOriginAllowed, isRelyingParty } from './relying-party';

/**
 * Whether a browser has signed the challenge with one of the user's passkeys (Web Authentication
 * Level 3, section 7.2).
 *
 * @param pool the pool
 * @param account the user
 * @param json the browser's `AuthenticationResponseJSON`
 */
export function isSignedByPasskey(pool: PoolState, account: Account, json: unknown): boolean {
  const sent = readBrowserCredential(json);
  if (!sent) return false;
  const { clientData, clientDataJson, authenticatorData, signature } = sent;
  const ceremony = { purpose: 'get', username: account.username } as const;
  if (!takeChallenge(pool, clientData.challenge, ceremony)) return false;
  if (clientData.type !== 'webauthn.get' || !isOriginAllowed(pool, clientData.origin)) return false;
  const passkey = account.passkeys.find(({ id }) => id === sent.id);
  const data = readAuthenticatorData(authenticatorData);
  if (!passkey || !data?.userPresent || !isRelyingParty(pool, data.rpIdHash)) return false;
  // A count that doesn't grow means a copy of the authenticator. 0 means that it doesn't count.
  const counts = data.signCount > 0 || passkey.signCount > 0;
  if (counts && data.signCount <= passkey.signCount) return false;
  const hash = createHash('sha256').update(clientDataJson).digest();
  const signed = Buffer.concat([authenticatorData, hash]);
  if (!verify('sha256', signed, passkey.publicKey, signature)) return false;
  passkey.signCount = data.signCount;
  return true;
}
