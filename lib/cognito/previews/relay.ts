import { base64url, EncryptJWT, errors, jwtDecrypt } from 'jose';
import type { PreviewRole } from '../protocol/cognito-config';
import { CognitoError } from '../protocol/errors';
import { isPreviewOrigin } from './preview-hosts';

/**
 * The relay of callbacks: a preview's `state` says, sealed, where its callback is to be passed on to.
 * Whoever passes it on learns nothing and keeps nothing; the code is of use only to the browser and the
 * deployment that hold the attempt's cookie and its PKCE verifier (RFC 7636).
 */

/** As long as an attempt: seconds. */
const LIFETIME = 3600;
/** Seconds that two servers' clocks may differ. */
const CLOCKS = 60;
/** So that nothing else that was sealed with the same secret passes for one of these. */
const TYPE = 'preview-relay';
/** What a callback may have. Nothing else in the address goes further. */
const PASSED_ON = ['code', 'state', 'error', 'error_description', 'iss'];

/** Between an attempt's own state and the envelope. */
const MARK = '~';

/**
 * The state of a preview's sign-in attempt: the attempt's own, and the sealed envelope.
 *
 * @param secret of the relay, shared by both deployments
 * @param preview its origin, the time in seconds since 1970, and the state from `AttemptStore.start`
 * @returns some 300 characters more, which need no escaping in a URL
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
 * Tells a state with an envelope from one that is an attempt's alone.
 *
 * @param state of a callback, from anybody
 */
export function isRelayState(state: string): boolean {
  return state.includes(MARK);
}

/**
 * The attempt's own part of a state.
 *
 * @param state of a callback, with or without an envelope
 */
export function attemptState(state: string): string {
  return state.split(MARK)[0] ?? '';
}

/**
 * Where a callback is to be passed on to.
 *
 * @param relay secret and allow-list of this deployment
 * @param callback its query, this deployment's own origin, and the time in seconds since 1970
 * @returns an absolute address on one of our previews
 * @throws CognitoError `relay_refused`, naming the check that failed: `seal`, `state`, `expired`, `host`,
 *   `loop` or `twice`
 */
export async function relayAddress(
  relay: PreviewRole & { role: 'relay' },
  { query, origin, now }: { query: URLSearchParams; origin: string; now: number },
): Promise<string> {
  const [state = '', envelope = ''] = (query.get('state') ?? '').split(MARK);
  const { jti, aud } = await openEnvelope(relay.secret, envelope, now);
  // Only the two together are a state that a preview has made.
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

/** 32 characters or more that no one can guess become a key of 256 bits. */
const keyOf = (secret: string) => sha256(`${TYPE} ${secret}`);

async function hashOf(state: string): Promise<string> {
  return base64url.encode(await sha256(state));
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}
