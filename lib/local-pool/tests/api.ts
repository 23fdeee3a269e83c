import { expect } from 'vitest';
import type { LocalPool } from '../src/pool';
import { DOMAIN, signInForTokens } from './support';

export const JSON_1_1 = { 'content-type': 'application/x-amz-json-1.1' };

/** A request to the JSON API. */
export async function call(
  pool: LocalPool,
  operation: string,
  input: unknown,
  headers: Record<string, string> = JSON_1_1,
): Promise<Response> {
  const target = { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` };
  const init = { method: 'POST', headers: { ...headers, ...target }, body: JSON.stringify(input) };
  return await pool.fetch(new Request(`${DOMAIN}/`, init));
}

/** The response of a request that must succeed. */
export async function done(response: Response): Promise<unknown> {
  const text = await response.text();
  expect([response.status, text]).toEqual([200, text]);
  return text === '' ? null : JSON.parse(text);
}

/** `__type: message` of a refused request. */
export async function refusal(response: Response, status = 400): Promise<string> {
  const { __type, message } = Object(await response.json());
  expect(response.headers.get('x-amzn-errortype')).toBe(`${__type}:`);
  expect(response.status).toBe(status);
  return `${__type}: ${message}`;
}

/** Calls the API as a user who has signed in on the pages. */
export interface Session {
  token: string;
  call(operation: string, input?: Record<string, unknown>): Promise<Response>;
  /** The response of an operation that must succeed. */
  done(operation: string, input?: Record<string, unknown>): Promise<unknown>;
  /** `__type: message` of an operation that must be refused. */
  refusal(operation: string, input?: Record<string, unknown>): Promise<string>;
  /** What GetUser returns: the attributes by name. */
  attributes(): Promise<Record<string, string>>;
}

/** Signs in, by default as alice. */
export async function signInToApi(
  pool: LocalPool,
  who?: { username: string; password: string },
): Promise<Session> {
  return sessionOf(pool, (await signInForTokens(pool, {}, who)).access_token);
}

/** Calls the API with an access token. */
export function sessionOf(pool: LocalPool, token: string): Session {
  const send: Session['call'] = async (operation, input = {}) => {
    return await call(pool, operation, { AccessToken: token, ...input });
  };
  return {
    token,
    call: send,
    done: async (operation, input) => await done(await send(operation, input)),
    refusal: async (operation, input) => await refusal(await send(operation, input)),
    async attributes() {
      const { UserAttributes } = Object(await done(await send('GetUser')));
      const named = [UserAttributes].flat().map(({ Name, Value }) => [Name, Value]);
      return Object.fromEntries(named);
    },
  };
}
