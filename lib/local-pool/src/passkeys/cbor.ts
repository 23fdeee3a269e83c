/** A decoded value. The keys of maps are texts or, in COSE, small integers. */
export type Cbor = number | string | boolean | null | Buffer | Cbor[] | Map<Cbor, Cbor>;

/** Nothing in an attestation is nested deeper. */
const DEEPEST = 8;

/**
 * Decodes the first value of some CBOR (RFC 8949), as far as WebAuthn needs it: its form is the
 * canonical one of CTAP2, without indefinite lengths, tags and floats.
 *
 * @param bytes what an authenticator sent
 * @returns undefined if they are anything else
 */
export function decodeCbor(bytes: Buffer): Cbor | undefined {
  try {
    return item(bytes, 0, 0).value;
  } catch {
    return undefined;
  }
}

/** A value, and the offset after it. */
interface Item<T = Cbor> {
  value: T;
  end: number;
}

function item(bytes: Buffer, at: number, depth: number): Item {
  if (depth > DEEPEST) throw new RangeError('too deep');
  const first = bytes.readUInt8(at);
  const { value: count, end } = argument(bytes, at);
  switch (first >> 5) {
    case 0:
      return { value: count, end };
    case 1:
      return { value: -1 - count, end };
    case 2:
      return { value: slice(bytes, end, count), end: end + count };
    case 3:
      return { value: slice(bytes, end, count).toString('utf8'), end: end + count };
    case 4:
      return list(bytes, end, count, depth);
    case 5:
      return map(bytes, end, count, depth);
    default:
      return { value: simple(first), end };
  }
}

/** The number in a value's head: itself, its length or its count (section 3). */
function argument(bytes: Buffer, at: number): Item<number> {
  const short = bytes.readUInt8(at) & 31;
  if (short < 24) return { value: short, end: at + 1 };
  if (short === 24) return { value: bytes.readUInt8(at + 1), end: at + 2 };
  if (short === 25) return { value: bytes.readUInt16BE(at + 1), end: at + 3 };
  if (short === 26) return { value: bytes.readUInt32BE(at + 1), end: at + 5 };
  throw new RangeError('a longer number');
}

function list(bytes: Buffer, at: number, count: number, depth: number): Item<Cbor[]> {
  const value: Cbor[] = [];
  let end = at;
  for (let index = 0; index < count; index++) {
    const next = item(bytes, end, depth + 1);
    value.push(next.value);
    end = next.end;
  }
  return { value, end };
}

function map(bytes: Buffer, at: number, count: number, depth: number): Item<Map<Cbor, Cbor>> {
  const { value: flat, end } = list(bytes, at, count * 2, depth);
  const value = new Map<Cbor, Cbor>();
  for (let index = 0; index < flat.length; index += 2) {
    value.set(flat[index] ?? null, flat[index + 1] ?? null);
  }
  return { value, end };
}

function simple(first: number): Cbor {
  if (first === 0xf4) return false;
  if (first === 0xf5) return true;
  if (first === 0xf6) return null;
  throw new RangeError('another type');
}

function slice(bytes: Buffer, at: number, length: number): Buffer {
  if (at + length > bytes.length) throw new RangeError('too short');
  return bytes.subarray(at, at + length);
}
