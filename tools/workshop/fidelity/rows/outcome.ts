import { answer } from '../answer';
import type { Target } from '../target';
import { membersOf } from '../wire';

/** The usual errors of the token endpoint (facts, section 4). */
export const INVALID_REQUEST = '400 {"error":"invalid_request"}';
export const INVALID_CLIENT = '400 {"error":"invalid_client"}';
export const INVALID_GRANT = '400 {"error":"invalid_grant"}';
export const UNAUTHORIZED_CLIENT = '400 {"error":"unauthorized_client"}';

/**
 * The result of a request to the token endpoint: `tokens`, or status and error.
 *
 * @param target the pool that responded
 * @param response its response, not yet read
 */
export async function outcome(target: Target, response: Response): Promise<string> {
  if (response.status !== 200) return await answer(target, response);
  return membersOf(await response.json()).has('access_token') ? 'tokens' : '200 without tokens';
}

/**
 * Several results, in order.
 *
 * @param target the pool that responded
 * @param responses its responses, not yet read
 */
export async function outcomes(target: Target, ...responses: Response[]): Promise<string> {
  const all = await Promise.all(responses.map((response) => outcome(target, response)));
  return all.join(', ');
}
