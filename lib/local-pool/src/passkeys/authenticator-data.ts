import type { KeyObject } from 'node:crypto';
import { readCoseKey } from './cose-key';

/** What an authenticator says about a ceremony (Web Authentication Level 3, section 6.1). */
export interface AuthenticatorData {
  /** The SHA-256 hash of the RP ID. */
  rpIdHash: Buffer;
  userPresent: boolean;
  signCount: number;
  /** Only at a registration. The key is undefined if its algorithm isn't supported. */
  credential: { id: Buffer; publicKey: KeyObject | undefined } | undefined;
}

const HEAD_BYTES = 37;
const USER_PRESENT = 0x01;
const HAS_CREDENTIAL = 0x40;

/**
 * Parses authenticator data.
 *
 * @param bytes the authenticator's own bytes, which it also signs
 * @returns null if they are too short
 */
export function readAuthenticatorData(bytes: Buffer): AuthenticatorData | null {
  if (bytes.length < HEAD_BYTES) return null;
  const flags = bytes.readUInt8(32);
  const withCredential = (flags & HAS_CREDENTIAL) !== 0;
  const credential = withCredential ? readCredential(bytes.subarray(HEAD_BYTES)) : undefined;
  if (credential === null) return null;
  return {
    rpIdHash: bytes.subarray(0, 32),
    userPresent: (flags & USER_PRESENT) !== 0,
    signCount: bytes.readUInt32BE(33),
    credential,
  };
}

/** 16 bytes AAGUID, 2 bytes length, the id, then the key (section 6.5.1). */
function readCredential(bytes: Buffer) {
  if (bytes.length < 18) return null;
  const end = 18 + bytes.readUInt16BE(16);
  if (bytes.length < end) return null;
  return { id: bytes.subarray(18, end), publicKey: readCoseKey(bytes.subarray(end)) };
}
