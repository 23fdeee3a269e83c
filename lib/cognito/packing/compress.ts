/**
 * A small LZ77 compressor for the text of three tokens. Next's Edge runtime has no
 * `CompressionStream`, and that couldn't start from a dictionary of the text that all Cognito
 * tokens contain.
 *
 * The output is text for a JSON string. A copied run is a `~`, its distance in two digits and its
 * length in one digit, in base 90. A literal `~` is a `~` and a space. Everything else is literal.
 */

/**
 * Part of the format: a change makes all existing sessions unreadable and signs all users out. It
 * contains what the tokens of all user pools have in common.
 */
const DICTIONARY =
  '{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}' +
  ',"token_use":"access","scope":"aws.cognito.signin.user.admin phone openid profile email",' +
  '"version":2,"client_id":"","username":"","device_key":"' +
  ',"cognito:roles":[],"cognito:preferred_role":"arn:aws:iam::' +
  ',"identities":[{"dateCreated":"","userId":"","providerName":"Google","providerType":"Google",' +
  '"issuer":null,"primary":"true"}],"given_name":"","family_name":"","name":"","nickname":"' +
  ',"picture":"https:\\/\\/","phone_number_verified":true,"phone_number":"+","custom:' +
  '{"kid":"=","alg":"RS256"}\n{"at_hash":"","sub":"","cognito:groups":[""],"email_verified":true,' +
  '"iss":"https:\\/\\/cognito-idp.us-east-1.amazonaws.com\\/us-east-1_","cognito:username":"",' +
  '"nonce":"","origin_jti":"","aud":"","event_id":"","token_use":"id","auth_time":1700000000,' +
  '"exp":1700000000,"iat":1700000000,"jti":"","email":"@gmail.com"}';

/** The character codes of the dictionary. */
const DICTIONARY_CODES = Array.from(DICTIONARY, (character) => character.charCodeAt(0));

const MARK = '~';
const LITERAL_MARK = '~ ';
/** Printable ASCII from `#` on, without the backslash, which JSON would escape. */
const DIGITS = Array.from({ length: 91 }, (_, index) => String.fromCharCode(35 + index))
  .filter((digit) => digit !== '\\')
  .join('');
const BASE = DIGITS.length;
/** A copy takes four characters, so shorter runs save nothing. */
const MIN_COPY = 5;
const MAX_COPY = MIN_COPY + BASE - 1;
const MAX_DISTANCE = BASE * BASE - 1;

/**
 * Compresses text.
 *
 * @param text any text; `expand` restores it exactly
 */
export function compress(text: string): string {
  const all = DICTIONARY + text;
  /** Where each run of MIN_COPY characters was seen last. */
  const seen = new Map<string, number>();
  let noted = 0;
  let output = '';
  for (let at = DICTIONARY.length; at < all.length; ) {
    for (; noted < at; noted++) seen.set(all.slice(noted, noted + MIN_COPY), noted);
    const from = seen.get(all.slice(at, at + MIN_COPY));
    const length = from === undefined ? 0 : runLength(all, from, at);
    if (from === undefined || length < MIN_COPY || at - from > MAX_DISTANCE) {
      output += all.charAt(at) === MARK ? LITERAL_MARK : all.charAt(at);
      at += 1;
      continue;
    }
    const distance = at - from;
    output +=
      MARK +
      DIGITS.charAt(Math.floor(distance / BASE)) +
      DIGITS.charAt(distance % BASE) +
      DIGITS.charAt(length - MIN_COPY);
    at += length;
  }
  return swapQuotes(output);
}

/**
 * Undoes `compress`.
 *
 * @param compressed from an unsealed cookie
 * @returns the text, or null if `compressed` is malformed
 */
export function expand(compressed: string): string | null {
  const input = swapQuotes(compressed);
  // Character codes: appending to a string and slicing it in turn would copy the whole text each time.
  const all = DICTIONARY_CODES.slice();
  for (let at = 0; at < input.length; ) {
    if (input.charAt(at) !== MARK) {
      all.push(input.charCodeAt(at));
      at += 1;
      continue;
    }
    if (input.startsWith(LITERAL_MARK, at)) {
      all.push(MARK.charCodeAt(0));
      at += 2;
      continue;
    }
    if (at + 4 > input.length) return null;
    const [high, low, extra] = [1, 2, 3].map((offset) => DIGITS.indexOf(input.charAt(at + offset)));
    if (high === undefined || low === undefined || extra === undefined) return null;
    const from = all.length - (high * BASE + low);
    if (high < 0 || low < 0 || extra < 0 || from < 0 || from >= all.length) return null;
    // A run may be longer than its distance. Then it repeats.
    const length = extra + MIN_COPY;
    for (let next = from; next < from + length; next++) all.push(all[next] ?? 0);
    at += 4;
  }
  return textOf(all.slice(DICTIONARY.length));
}

/** In pieces, because a call can't have any number of arguments. */
function textOf(codes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < codes.length; at += 4096) {
    text += String.fromCharCode(...codes.slice(at, at + 4096));
  }
  return text;
}

function runLength(all: string, from: number, at: number): number {
  let length = 0;
  while (length < MAX_COPY && at + length < all.length) {
    if (all.charAt(from + length) !== all.charAt(at + length)) break;
    length += 1;
  }
  return length;
}

/** Swaps quotation marks, which JSON would escape, with apostrophes, which are rare. */
function swapQuotes(text: string): string {
  // A callback of `replace` would be called for each quote, and leave 50 kB of garbage.
  const parts = text.split('"').map((part) => part.replaceAll("'", '"'));
  return parts.join("'");
}

/**
 * A UUID takes 36 characters for 16 bytes, and a Cognito token contains about six. `takeUuids`
 * replaces each one with a backtick and a digit. A backtick in the text itself becomes two.
 */
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const BYTES = 16;
/** Each byte in hex. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const UUID_DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * Takes the UUIDs out of a text.
 *
 * @param text any text
 * @returns the text with placeholders, and the bytes of the UUIDs, concatenated
 */
export function takeUuids(text: string): { text: string; uuids: Uint8Array } {
  const taken: string[] = [];
  const rest = text.replace(new RegExp(`\`|${UUID.source}`, 'g'), (found) => {
    if (found === '`') return '``';
    if (!taken.includes(found)) {
      if (taken.length === UUID_DIGITS.length) return found;
      taken.push(found);
    }
    return `\`${UUID_DIGITS.charAt(taken.indexOf(found))}`;
  });
  const hex = taken.join('').replaceAll('-', '');
  const uuids = Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  return { text: rest, uuids };
}

/**
 * Undoes `takeUuids`.
 *
 * @param text the text with placeholders
 * @param uuids the bytes of the UUIDs, concatenated
 * @returns the original text; if a UUID is missing, text that is not a valid token
 */
export function restoreUuids(text: string, uuids: Uint8Array): string {
  return text.replace(/`(.?)/g, (_, digit: string) => {
    if (digit === '`') return '`';
    const start = UUID_DIGITS.indexOf(digit) * BYTES;
    let hex = '';
    for (let at = start; at < start + BYTES; at++) hex += HEX[uuids[at] ?? -1] ?? '';
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  });
}
