import { type Fetch, isTimeOut } from '../protocol/wire';
import { type AccountFailure, type AccountResult, type Operation, timeOutOf } from './operation';
import { failureOf } from './refusals';
import { type Body, boundedJson, serviceError } from './response';

/** A signed-in user, and the way to the user pool. */
export interface Caller {
  /** The origin of the user pools API: `config.api`. */
  readonly api: string;
  readonly fetch: Fetch;
  /** Valid, and with the scope `aws.cognito.signin.user.admin`. */
  readonly accessToken: string;
}

/**
 * Calls an operation of the user pools API for the user. The call is never repeated: a code may be
 * used once, and a second wrong password counts twice.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_Operations.html
 *
 * @param caller the user
 * @param operation its name
 * @param request its members, without the access token
 * @param parse reads the response; returns undefined if something is missing in it
 * @returns what `parse` returned, or the problem. It never rejects
 */
export async function call<T>(
  caller: Caller,
  operation: Operation,
  request: Readonly<Record<string, unknown>>,
  parse: (body: unknown) => T | undefined,
): Promise<AccountResult<T>> {
  const answer = await exchange(caller, operation, request);
  if (!('response' in answer)) return answer;
  const { response, body } = answer;
  const value = body.kind === 'json' ? body.value : undefined;
  const error = serviceError(response, value);
  if (error) return failureOf(operation, error, response.status);
  if (response.status !== 200) return withoutName(response.status);
  const data = isObject(value) ? parse(value) : undefined;
  return data === undefined ? unavailable('unexpected response') : { ok: true, data };
}

/** For `call`: the response to an operation that returns nothing, `{}` or no bytes. */
export function nothing(): null {
  return null;
}

async function exchange(
  { api, fetch, accessToken }: Caller,
  operation: Operation,
  request: Readonly<Record<string, unknown>>,
): Promise<{ response: Response; body: Body } | AccountFailure> {
  try {
    const response = await fetch(`${api}/`, {
      method: 'POST',
      cache: 'no-store',
      // Following a redirect would send the access token to another address.
      redirect: 'manual',
      // Also ends the reading of the body.
      signal: AbortSignal.timeout(timeOutOf(operation)),
      headers: {
        // For application/json, Cognito returns an error with status 200.
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify({ ...request, AccessToken: accessToken }),
    });
    return { response, body: await boundedJson(response) };
  } catch (error) {
    return unavailable(isTimeOut(error) ? 'timed out' : 'unreachable');
  }
}

/** A response that isn't Cognito's own: from a proxy, a firewall or a load balancer. */
function withoutName(status: number): AccountFailure {
  const detail = `HTTP ${status}`;
  if (status === 403) return { ok: false, problem: 'blocked', detail };
  if (status === 429) return { ok: false, problem: 'throttled', detail };
  return unavailable(detail);
}

function unavailable(detail: string): AccountFailure {
  return { ok: false, problem: 'unavailable', detail };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
