import { readForm } from './http';

/** One request as the pool saw it; it never holds a token, a code or a password. */
export interface LoggedRequest {
  method: string;
  path: string;
  /** Of POST /oauth2/token. */
  grantType?: string;
  /** Null while it is not answered, and for ever if it hung or was reset. */
  status: number | null;
}

/**
 * The grant type that a token request asks for.
 *
 * @param request any request; it is not consumed
 * @param path its path
 * @returns undefined for requests to other endpoints, and for none given
 */
export async function readGrantType(request: Request, path: string): Promise<string | undefined> {
  if (request.method !== 'POST' || path !== '/oauth2/token') return undefined;
  return (await readForm(request.clone())).get('grant_type') ?? undefined;
}
