/** The members of a browser's `credential.toJSON()` that the pool reads. Binary ones are decoded. */
export interface BrowserCredential {
  id: string;
  attachment: string | undefined;
  transports: readonly string[];
  clientDataJson: Buffer;
  clientData: { type: string; challenge: string; origin: string };
  /** Of a registration. */
  attestationObject: Buffer;
  /** Of a sign-in. */
  authenticatorData: Buffer;
  signature: Buffer;
}

/**
 * Parses a `RegistrationResponseJSON` or an `AuthenticationResponseJSON` (Web Authentication
 * Level 3, section 5.1).
 *
 * @param json parsed JSON
 * @returns null if a member is missing that both have
 */
export function readBrowserCredential(json: unknown): BrowserCredential | null {
  const [id, response] = [textIn(json, 'id'), memberOf(json, 'response')];
  const clientDataJson = bytesIn(response, 'clientDataJSON');
  const data = parse(clientDataJson.toString('utf8'));
  const [type, challenge, origin] = ['type', 'challenge', 'origin'].map((name) =>
    textIn(data, name),
  );
  if (!id || !type || !challenge || !origin) return null;
  const transports: unknown = memberOf(response, 'transports');
  return {
    id,
    attachment: textIn(json, 'authenticatorAttachment') || undefined,
    transports: Array.isArray(transports)
      ? transports.filter((one) => typeof one === 'string')
      : [],
    clientDataJson,
    clientData: { type, challenge, origin },
    attestationObject: bytesIn(response, 'attestationObject'),
    authenticatorData: bytesIn(response, 'authenticatorData'),
    signature: bytesIn(response, 'signature'),
  };
}

function bytesIn(value: unknown, name: string): Buffer {
  return Buffer.from(textIn(value, name), 'base64url');
}

function textIn(value: unknown, name: string): string {
  const text = memberOf(value, name);
  return typeof text === 'string' ? text : '';
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
