import { base64url, EncryptJWT, errors, jwtDecrypt } from 'jose';
import { isPreviewOrigin } from '../config/preview-settings';
import type { PreviewRole } from '../protocol/cognito-config';
import { CognitoError } from '../protocol/errors';

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

/** Separates an attempt's own state from the envelope. */
const MARK = '~';

/**
 * Creates the state of a preview's sign-in attempt: the attempt's own state, and a sealed envelope.
 *
 * @param secret the relay secret, shared by both deployments
 * @param preview the preview's origin, the time in seconds since 1970, and the state from `AttemptStore.start`
 * @returns the state, about 300 characters longer; it needs no escaping in a URL
 */
export async function relayState(
  secret: string,
  { origin, now, state }: { origin: string; now: number; state: string },
): Promise<string> {
  const id = await hashOf(state);
  const envelope = await new EncryptJWT()
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: TYPE })
    .setJti(id)
    .setAudience(origin)
    .setExpirationTime(Math.floor(now) + LIFETIME)
    .encrypt(await keyOf(secret));
  return `${state}${MARK}${envelope}`;
}

/**
 * Tells whether a callback must be forwarded to a preview. The states of this deployment's own
 * sign-in attempts have no envelope.
 *
 * @param state the callback's state, untrusted
 */
export function isRelayState(state: string): boolean {
  return state.includes(MARK);
}

/**
 * Returns a state without its envelope.
 *
 * @param state the callback's state, with or without an envelope
 */
export function attemptState(state: string): string {
  return state.split(MARK)[0] ?? '';
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
  const [state = '', envelope = ''] = (query.get('state') ?? '').split(MARK);
  const { jti, aud } = await openEnvelope(relay.secret, envelope, now);
  // The envelope names the state that it belongs to. Otherwise, the two come from different sign-ins.
  if (jti !== (await hashOf(state))) throw new CognitoError('relay_refused', 'state');
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
const keyOf = (secret: string) => sha256(`${TYPE} ${secret}`);

async function hashOf(state: string): Promise<string> {
  return base64url.encode(await sha256(state));
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}
