import type { PoolState } from '../state';
import type { Account } from '../users';
import { newChallenge } from './challenges';
import { relyingPartyId } from './relying-party';

/** In milliseconds, as in the example of the API reference. */
const TIMEOUT = 60_000;
/** ES256 and RS256. */
const ALGORITHMS = [-7, -257];

/**
 * Starts a registration: the options for `PublicKeyCredential.parseCreationOptionsFromJSON`, with
 * the members of the API reference's example.
 *
 * @param pool the pool
 * @param account the user
 * @param clientId the client that must complete it
 */
export function creationOptions(pool: PoolState, account: Account, clientId: string): object {
  const { username, sub, passkeys } = account;
  const rpId = relyingPartyId(pool);
  return {
    authenticatorSelection: {
      requireResidentKey: true,
      residentKey: 'required',
      userVerification: 'preferred',
    },
    challenge: newChallenge(pool, { purpose: 'create', username, clientId }),
    excludeCredentials: passkeys.map(({ id }) => ({ id, type: 'public-key' })),
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: 'public-key' })),
    rp: { id: rpId, name: rpId },
    timeout: TIMEOUT,
    // The id is the text of `sub`, not its bytes (account facts, section 6).
    user: { displayName: username, id: Buffer.from(sub).toString('base64url'), name: username },
  };
}

/**
 * Starts a sign-in: the options for `PublicKeyCredential.parseRequestOptionsFromJSON`.
 *
 * @param pool the pool
 * @param account the user
 * @param clientId the client that the user signs in to
 */
export function requestOptions(pool: PoolState, account: Account, clientId: string): object {
  const { username, passkeys } = account;
  return {
    allowCredentials: passkeys.map(({ id, transports }) => ({
      id,
      type: 'public-key',
      transports,
    })),
    challenge: newChallenge(pool, { purpose: 'get', username, clientId }),
    rpId: relyingPartyId(pool),
    timeout: TIMEOUT,
    userVerification: 'preferred',
  };
}
