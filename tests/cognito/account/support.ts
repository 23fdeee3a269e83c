import type { Caller } from '@/lib/cognito/account/call';
import type { AccountResult } from '@/lib/cognito/account/operation';

export const TOKEN = 'the-access-token';

/** A user pool that gives one answer, and records what it was asked. */
export interface FakeApi {
  readonly caller: Caller;
  readonly calls: { url: string; init: RequestInit }[];
  /** What the last call sent, without the access token. */
  sent(): unknown;
}

export function fakeApi(answer: () => Response | Promise<Response>): FakeApi {
  const calls: FakeApi['calls'] = [];
  return {
    calls,
    caller: {
      api: 'https://cognito-idp.us-west-2.amazonaws.com',
      accessToken: TOKEN,
      fetch: async (url, init = {}) => {
        calls.push({ url, init });
        return answer();
      },
    },
    sent: () => {
      const { AccessToken, ...sent } = JSON.parse(String(calls.at(-1)?.init.body));
      return AccessToken === TOKEN ? sent : 'no access token';
    },
  };
}

/** A user pool that does what it is asked, and returns this. */
export const answering = (body: unknown): FakeApi => fakeApi(() => Response.json(body));

/** Cognito's answer for an error. */
export function refusal(name: string, message = '', status = 400): Response {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-errortype': `${name}:`,
  };
  return new Response(JSON.stringify({ __type: name, message }), { status, headers });
}

/** A user pool that refuses everything. */
export const refusing = (name: string, message = '', status = 400): FakeApi =>
  fakeApi(() => refusal(name, message, status));

/** The problem of a result, with the rule of the password policy; `ok` if there is none. */
export async function problemOf(work: Promise<AccountResult<unknown>>): Promise<string> {
  const result = await work;
  if (result.ok) return 'ok';
  return result.problem === 'password_policy'
    ? `${result.problem}: ${result.rule}`
    : result.problem;
}
