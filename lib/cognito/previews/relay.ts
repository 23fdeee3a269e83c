import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import type { PreviewRole } from '../protocol/cognito-config';
import { CognitoError } from '../protocol/errors';
import { randomToken } from '../protocol/pkce';
import { isPreviewOrigin } from './preview-hosts';

/**
 * Forwards callbacks to previews. A preview's `state` contains, sealed, the origin to forward its
 * callback to. The deployment that forwards it stores nothing and can't use the code: that takes
 * the attempt's cookie and PKCE verifier (RFC 7636), which only the browser and the preview have.
 */

/** How long a state is valid, in seconds: as long as a sign-in attempt. */
const LIFETIME = 3600;
/** How far two servers' clocks may differ, in seconds. */
const CLOCKS = 60;
/** Keeps anything else that was encrypted with the same secret from being accepted as a state. */
const TYPE = 'preview-relay';
/** The callback parameters to forward. All others are dropped. */
const PASSED_ON = ['code', 'state', 'error', 'error_description', 'iss'];

/**
 * Creates the state of a preview's sign-in attempt: a random ID, a dot, and a sealed envelope.
 *
 * @param secret the relay secret, shared by both deployments
 * @param preview the preview's origin, and the time in seconds since 1970
 * @returns about 300 characters that need no escaping in a URL
 */
export async function relayState(
  secret: string,
  { origin, now }: { origin: string; now: number },
): Promise<string> {
  const id = randomToken();
  const envelope = await new EncryptJWT()
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: TYPE })
    .setJti(id)
    .setAudience(origin)
    .setExpirationTime(Math.floor(now) + LIFETIME)
    .encrypt(await keyOf(secret));
  return `${id}.${envelope}`;
}

/**
 * Tells whether a callback must be forwarded to a preview. The states of this deployment's own
 * sign-in attempts contain no dot.
 *
 * @param state the callback's state, untrusted
 */
export function isRelayState(state: string): boolean {
  return state.includes('.');
}

/**
 * Returns the URL to forward a callback to.
 *
 * @param relay this deployment's relay secret and allowlist
 * @param callback the callback's query, this deployment's origin, and the time in seconds since
 *   1970
 * @returns an absolute URL on an allowed preview
 * @throws CognitoError `relay_refused`, with the failed check as its detail: `seal`, `state`,
 *   `expired`, `host`, `loop` or `twice`
 */
export async function relayAddress(
  relay: PreviewRole & { role: 'relay' },
  { query, origin, now }: { query: URLSearchParams; origin: string; now: number },
): Promise<string> {
  const [id, ...envelope] = (query.get('state') ?? '').split('.');
  const { jti, aud } = await openEnvelope(relay.secret, envelope.join('.'), now);
  // The ID must be the one in the envelope. Otherwise, the two come from different states.
  if (id === undefined || id === '' || jti !== id) throw new CognitoError('relay_refused', 'state');
  if (typeof aud !== 'string' || !isPreviewOrigin(aud, relay.hosts)) {
    throw new CognitoError('relay_refused', 'host');
  }
  if (aud === origin) throw new CognitoError('relay_refused', 'loop');
  const passedOn = new URLSearchParams();
  for (const name of PASSED_ON) {
    const values = query.getAll(name);
    if (values.length > 1) throw new CognitoError('relay_refused', 'twice');
    for (const value of values) passedOn.set(name, value);
  }
  return `${aud}/login?${passedOn}`;
}

async function openEnvelope(secret: string, envelope: string, now: number) {
  try {
    const { payload } = await jwtDecrypt(envelope, await keyOf(secret), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      typ: TYPE,
      requiredClaims: ['jti', 'aud', 'exp'],
      currentDate: new Date(now * 1000),
      clockTolerance: CLOCKS,
    });
    return payload;
  } catch (error) {
    const expired = error instanceof errors.JWTExpired;
    throw new CognitoError('relay_refused', expired ? 'expired' : 'seal', { cause: error });
  }
}

/** Derives a 256-bit key from the relay secret. */
async function keyOf(secret: string): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(`${TYPE} ${secret}`);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
