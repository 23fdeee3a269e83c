import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** An authenticator in software, for tests without a browser. */
export interface Authenticator {
  readonly id: string;
  /** The browser's `RegistrationResponseJSON`. */
  create(challenge: string, changes?: Changes): Record<string, unknown>;
  /** The browser's `AuthenticationResponseJSON`. */
  get(challenge: string, changes?: Changes): Record<string, unknown>;
}

/** What a wrong browser, authenticator or attacker does differently. */
export interface Changes {
  origin?: string;
  rpId?: string;
  type?: string;
  userPresent?: boolean;
  signCount?: number;
  attachment?: string;
  signature?: Buffer;
}

const AAGUID = Buffer.alloc(16);
const ORIGIN = 'http://localhost:4801';

/** Creates an authenticator with one key. */
export function createAuthenticator(
  algorithm: 'ES256' | 'RS256' | 'ES384' = 'ES256',
): Authenticator {
  const { publicKey, privateKey } = keyPair(algorithm);
  const rawId = randomBytes(16);
  const id = rawId.toString('base64url');
  const head = (
    { rpId = 'localhost', userPresent = true, signCount = 0 }: Changes,
    more: number,
  ) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(signCount);
    const hash = createHash('sha256').update(rpId).digest();
    return Buffer.concat([hash, Buffer.of((userPresent ? 5 : 4) | more), count]);
  };
  const wrap = (response: Record<string, Buffer>, attachment = 'platform') => {
    const encoded = Object.entries(response).map(([name, bytes]) => [
      name,
      bytes.toString('base64url'),
    ]);
    return {
      id,
      rawId: id,
      type: 'public-key',
      authenticatorAttachment: attachment,
      clientExtensionResults: {},
      response: { ...Object.fromEntries(encoded), transports: ['internal'] },
    };
  };
  return {
    id,
    create(challenge, changes = {}) {
      const length = Buffer.of(0, rawId.length);
      const key = coseKey(publicKey, algorithm);
      const authData = Buffer.concat([head(changes, 0x40), AAGUID, length, rawId, key]);
      const attestationObject = Buffer.concat([
        Buffer.of(0xa3),
        ...[text('fmt'), text('none'), text('attStmt'), Buffer.of(0xa0)],
        ...[text('authData'), bytes(authData)],
      ]);
      const clientDataJSON = clientData('webauthn.create', challenge, changes);
      return wrap({ clientDataJSON, attestationObject }, changes.attachment);
    },
    get(challenge, changes = {}) {
      const clientDataJSON = clientData('webauthn.get', challenge, changes);
      const authenticatorData = head(changes, 0);
      const hash = createHash('sha256').update(clientDataJSON).digest();
      const signed = Buffer.concat([authenticatorData, hash]);
      const signature = changes.signature ?? sign('sha256', signed, privateKey);
      return wrap({ clientDataJSON, authenticatorData, signature }, changes.attachment);
    },
  };
}

function clientData(usual: string, challenge: string, { type = usual, origin = ORIGIN }: Changes) {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

function keyPair(algorithm: string): { publicKey: KeyObject; privateKey: KeyObject } {
  if (algorithm === 'RS256') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  const namedCurve = algorithm === 'ES384' ? 'P-384' : 'P-256';
  return generateKeyPairSync('ec', { namedCurve });
}

/** RFC 9053 and RFC 8230. */
function coseKey(publicKey: KeyObject, algorithm: string): Buffer {
  const { x = '', y = '', n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const member = (label: number, base64url: string) => [
    Buffer.of(label),
    bytes(Buffer.from(base64url, 'base64url')),
  ];
  if (algorithm === 'RS256') {
    const start = Buffer.of(0xa4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00);
    return Buffer.concat([start, ...member(0x20, n), ...member(0x21, e)]);
  }
  // -7 is 0x26; -35 (ES384) is 0x38 0x22. P-256 is curve 1, P-384 is 2.
  const [alg, curve] = algorithm === 'ES384' ? [[0x38, 0x22], 2] : [[0x26], 1];
  const start = Buffer.of(0xa5, 0x01, 0x02, 0x03, ...alg, 0x20, curve);
  return Buffer.concat([start, ...member(0x21, x), ...member(0x22, y)]);
}

function text(value: string): Buffer {
  return Buffer.concat([Buffer.of(0x60 | value.length), Buffer.from(value)]);
}

function bytes(value: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(value.length);
  return Buffer.concat([Buffer.of(0x59), length, value]);
}
