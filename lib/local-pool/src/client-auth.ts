import { createHash, timingSafeEqual } from 'node:crypto';
import type { AppClient } from './settings';
import type { PoolState } from './state';

/** The result of client authentication. */
export type ClientCheck =
  | { kind: 'authenticated'; client: AppClient }
  | { kind: 'absent' }
  | { kind: 'refused' };

/**
 * Authenticates the client of a token or revocation request.
 *
 * @param pool the pool
 * @param authorization the `Authorization` header
 * @param form the form body
 * @param secretIn where a confidential client may send its secret: in the header or the body at the
 *   token endpoint, only in the header at revoke (facts, sections 4 and 6)
 * @returns the client; `absent` if the request names none
 */
export function authenticateClient(
  pool: PoolState,
  authorization: string | undefined,
  form: URLSearchParams,
  secretIn: 'basic-or-body' | 'basic',
): ClientCheck {
  const basic = authorization === undefined ? null : parseBasic(authorization);
  if (authorization !== undefined && basic === null) return { kind: 'refused' };

  const named = form.get('client_id') ?? undefined;
  if (basic && named !== undefined && named !== basic.clientId) return { kind: 'refused' };
  const clientId = basic?.clientId ?? named;
  if (clientId === undefined || clientId === '') return { kind: 'absent' };

  const client = pool.clients.get(clientId);
  if (!client) return { kind: 'refused' };
  // An empty secret counts as none: Cognito tolerated an empty `client_secret=` (facts, section 4).
  const inBody = secretIn === 'basic' ? '' : (form.get('client_secret') ?? '');
  const sent = basic?.secret ?? inBody;
  return isSecretRight(client.clientSecret ?? '', sent)
    ? { kind: 'authenticated', client }
    : { kind: 'refused' };
}

/** RFC 6749, 2.3.1: id and secret are form-encoded before base64. */
function parseBasic(authorization: string): { clientId: string; secret: string } | null {
  const [, encoded] = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(authorization) ?? [];
  if (encoded === undefined) return null;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon === -1) return null;
  return {
    clientId: formDecode(decoded.slice(0, colon)),
    secret: formDecode(decoded.slice(colon + 1)),
  };
}

function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function isSecretRight(expected: string, sent: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(expected), digest(sent));
}
