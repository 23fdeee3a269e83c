import { readForm } from './http';

/** A request as the pool received it. It never contains a token, a code or a password. */
export interface LoggedRequest {
  method: string;
  path: string;
  /** Only for POST /oauth2/token. */
  grantType?: string;
  /** Only for the JSON API, e.g. `GetUser`. */
  operation?: string;
  /** Null until there is a response, so it stays null if the request hangs or is reset. */
  status: number | null;
}

/**
 * Reads the grant type of a token request.
 *
 * @param request any request; its body isn't consumed
 * @param path its path
 * @returns undefined for requests to other endpoints, or if there is no grant type
 */
export async function readGrantType(request: Request, path: string): Promise<string | undefined> {
  if (request.method !== 'POST' || path !== '/oauth2/token') return undefined;
  return (await readForm(request.clone())).get('grant_type') ?? undefined;
}
