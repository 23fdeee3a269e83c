import { type Behavior, behavior } from '../behavior';
import type { Target } from '../target';
import { membersOf } from '../wire';

const JSON_1_1 = { 'content-type': 'application/x-amz-json-1.1' };

/** Members of a request, besides the access token. */
type Input = Readonly<Record<string, unknown>>;

/**
 * A request to the JSON API, which is on the issuer's host.
 *
 * @param target the pool
 * @param operation its name
 * @param input the request's JSON
 * @param headers in place of the right content type
 */
export async function call(
  target: Target,
  operation: string,
  input: unknown,
  headers: Record<string, string> = JSON_1_1,
): Promise<Response> {
  const named = { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` };
  const init = { method: 'POST', headers: { ...headers, ...named }, body: JSON.stringify(input) };
  return await target.fetch(new Request(new URL('/', target.issuer), init));
}

/**
 * Describes a response of the API: status and JSON, or status, exception and message.
 *
 * @param response not yet read
 */
export async function said(response: Response): Promise<string> {
  const text = await response.text();
  if (text === '') return `${response.status} empty`;
  const members = membersOf(JSON.parse(text));
  const type = members.get('__type');
  if (type === undefined) return `${response.status} ${text}`;
  return `${response.status} ${type}: ${members.get('message') ?? ''}`;
}

/** A user who calls the API with an access token. */
export interface ApiUser {
  /** What an operation says: see `said`. */
  says(operation: string, input?: Input): Promise<string>;
  /** What it says if it refuses; otherwise `done`. */
  tries(operation: string, input?: Input): Promise<string>;
  /** The JSON of an operation. */
  reads(operation: string, input?: Input): Promise<ReadonlyMap<string, unknown>>;
  /** The values of some attributes in GetUser, or `none`. */
  sees(...names: string[]): Promise<string>;
}

/**
 * Calls the API with an access token.
 *
 * @param target the pool
 * @param accessToken one of its tokens, or anything else
 */
export function apiUser(target: Target, accessToken: string): ApiUser {
  const send = async (operation: string, input: Input = {}) =>
    await call(target, operation, { AccessToken: accessToken, ...input });
  const user: ApiUser = {
    says: async (operation, input) => await said(await send(operation, input)),
    async tries(operation, input) {
      const response = await send(operation, input);
      return response.status === 200 ? 'done' : await said(response);
    },
    reads: async (operation, input) => membersOf(await (await send(operation, input)).json()),
    async sees(...names) {
      const list = [(await user.reads('GetUser')).get('UserAttributes')].flat().map(membersOf);
      const values = new Map(list.map((one) => [one.get('Name'), one.get('Value')]));
      return names.map((name) => values.get(name) ?? 'none').join(', ');
    },
  };
  return user;
}

/** Signs the test user in. */
export async function signedIn(target: Target): Promise<ApiUser> {
  return apiUser(target, (await target.freshTokens()).access_token);
}

/**
 * A row about a user who has signed in. Most of them change the user, so only the local pool shows
 * them.
 *
 * @param id unique
 * @param ask what is done
 * @param cognito the result
 * @param steps get the user
 * @param row the rest
 */
export function asUser(
  id: string,
  ask: string,
  cognito: string,
  steps: (user: ApiUser, target: Target) => Promise<string>,
  row: Partial<Behavior> & Pick<Behavior, 'source'>,
): Behavior {
  return behavior({
    needs: 'control',
    ...row,
    id,
    ask,
    cognito,
    observe: async (target) => await steps(await signedIn(target), target),
  });
}

/** The input of UpdateUserAttributes. */
export function write(attributes: Readonly<Record<string, unknown>>) {
  const list = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  return { UserAttributes: list };
}
