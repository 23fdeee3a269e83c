/** The token endpoint's response; a missing token is an empty string. */
export interface Tokens {
  readonly id_token: string;
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}

/**
 * Reads the tokens of a response. A missing token becomes an empty string.
 *
 * @param response of the token endpoint
 * @throws Error with status and body, which contains an error and no token
 */
export async function tokensIn(response: Response): Promise<Tokens> {
  if (response.status !== 200) {
    throw new Error(
      `There are no tokens in the response: ${response.status} ${await response.text()}`,
    );
  }
  const members = membersOf(await response.json());
  const text = (name: string) => String(members.get(name) ?? '');
  return {
    id_token: text('id_token'),
    access_token: text('access_token'),
    refresh_token: text('refresh_token'),
    expires_in: Number(members.get('expires_in')),
  };
}

/**
 * RFC 6749, 2.3.1: the client ID and secret are form-encoded before base64.
 *
 * @param clientId the app client's
 * @param secret its secret
 */
export function basicHeader(clientId: string, secret: string): { authorization: string } {
  const encode = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');
  const pair = `${encode(clientId)}:${encode(secret)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/**
 * A part of a JWT, decoded but not parsed.
 *
 * @param token compact
 * @param index 0 for the header, 1 for the payload
 */
export function writtenPart(token: string, index: 0 | 1): string {
  return Buffer.from(token.split('.')[index] ?? '', 'base64url').toString('utf8');
}

/** The claims of a JWT in their order; nothing is verified. */
export function claimsIn(token: string): ReadonlyMap<string, unknown> {
  return membersOf(JSON.parse(writtenPart(token, 1)));
}

/** The members of a JSON object, in order; empty for any other value. */
export function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value)
      : [],
  );
}
