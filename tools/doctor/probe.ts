import type { CognitoConfig } from '../../lib/cognito/protocol/cognito-config';
import { authorizeUrl, type Hints } from '../../lib/cognito/protocol/hosted-ui';
import { codeChallenge, randomToken } from '../../lib/cognito/protocol/pkce';
import { asUrl, type Fetch, isTimeOut } from '../../lib/cognito/protocol/wire';

/** One request to send. */
export interface Question {
  readonly url: string;
  /** Sends these fields as a form, by POST. */
  readonly form?: Readonly<Record<string, string>>;
  /** Calls an operation of the user pools API, which takes JSON. */
  readonly call?: {
    readonly operation: string;
    readonly members: Readonly<Record<string, string>>;
  };
  /** The value of the `Authorization` header. */
  readonly authorization?: string;
}

export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Headers;
      readonly body: string;
      /** When, by this machine's clock, in seconds since 1970: halfway between request and response. */
      readonly at: number;
    }
  | { readonly kind: 'silence'; readonly reason: 'no-such-host' | 'timed-out' | 'unreachable' };

export type Probe = (question: Question) => Promise<Answer>;

/** Aborts a request after this many milliseconds. */
export type EndAfter = (milliseconds: number) => AbortSignal;

/** The time limit of one request, in milliseconds. */
const TIME_LIMIT = 2000;
/** The time limit of all requests together, in milliseconds; some of them wait for others. */
const DEADLINE = 2700;
/** The part of a body that is kept: more than enough for a key set, the longest that is read. */
const MOST_CHARACTERS = 100_000;

/**
 * Creates the function that sends all of the doctor's requests: without cookies, without following
 * redirects, without retries, and with a time limit whatever the server does.
 *
 * @param wire `fetch`, a clock in seconds, and the time limit
 * @returns sends one request, and never throws
 */
export function createProbe(wire: { fetch: Fetch; now: () => number; endAfter: EndAfter }): Probe {
  const deadline = wire.endAfter(DEADLINE);
  return async ({ url, form, call, authorization }) => {
    const began = wire.now();
    try {
      const response = await wire.fetch(url, {
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        signal: AbortSignal.any([deadline, wire.endAfter(TIME_LIMIT)]),
        headers: {
          accept: 'text/html, application/json',
          ...(authorization === undefined ? {} : { authorization }),
          ...(call === undefined ? {} : apiHeaders(call.operation)),
        },
        ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
        ...(call === undefined ? {} : { method: 'POST', body: JSON.stringify(call.members) }),
      });
      const at = (began + wire.now()) / 2;
      const body = (await response.text()).slice(0, MOST_CHARACTERS);
      return { kind: 'answer', status: response.status, headers: response.headers, body, at };
    } catch (error) {
      return { kind: 'silence', reason: reasonOf(error) };
    }
  };
}

/** Of AWS JSON 1.1. With another content type, Cognito returns an error with status 200. */
function apiHeaders(operation: string): Record<string, string> {
  return {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
  };
}

function reasonOf(error: unknown): 'no-such-host' | 'timed-out' | 'unreachable' {
  if (isTimeOut(error)) return 'timed-out';
  // Node's fetch throws "fetch failed", with the reason in `cause`.
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  return code === 'ENOTFOUND' ? 'no-such-host' : 'unreachable';
}

/**
 * Describes a response that a check cannot use.
 *
 * @param host the host that was sent the request
 * @param answer its response
 * @returns a clause, like "auth.example.com did not respond in time"
 */
export function describe(host: string, answer: Answer): string {
  if (answer.kind === 'answer') return `${host} returned HTTP ${answer.status}`;
  if (answer.reason === 'no-such-host') return `the host ${host} was not found`;
  return answer.reason === 'timed-out'
    ? `${host} did not respond in time`
    : `${host} cannot be reached`;
}

/**
 * Reads a response as a JSON object.
 *
 * @param answer from a probe
 * @returns its members; none for anything else
 */
export function membersOf(answer: Answer): ReadonlyMap<string, unknown> {
  if (answer.kind === 'silence') return new Map();
  try {
    const parsed: unknown = JSON.parse(answer.body);
    return new Map(typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []);
  } catch {
    return new Map();
  }
}

/**
 * The OAuth error in a response from the token or revocation endpoint (RFC 6749, section 5.2).
 *
 * @param answer from a probe
 * @returns e.g. `invalid_client`; undefined if there is none
 */
export function oauthErrorOf(answer: Answer): string | undefined {
  if (answer.kind === 'silence' || (answer.status !== 400 && answer.status !== 401)) {
    return undefined;
  }
  const error = membersOf(answer).get('error');
  return typeof error === 'string' ? error : undefined;
}

/** Where an authorization request leads. The doctor doesn't follow redirects to the site. */
export type Landing =
  /** The sign-in page, at this address: the request is valid. */
  | { readonly kind: 'login'; readonly url: string }
  /** An identity provider: the request is valid too. */
  | { readonly kind: 'provider' }
  /** The domain's own error page: Cognito rejects the client or the redirect URI. */
  | { readonly kind: 'refused'; readonly error: string }
  /** The site's callback, with an error: Cognito accepts the client and the redirect URI. */
  | { readonly kind: 'callback'; readonly error: string }
  | { readonly kind: 'unclear'; readonly why: string };

/**
 * Sends the same authorization request as the site, with PKCE, and checks where it leads. It sends no
 * cookies, so there is no signed-in user and Cognito never issues a code.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 *
 * @param probe sends the request
 * @param config the app client, with the redirect URI and the scopes to try
 * @param hints e.g. an identity provider
 */
export async function tryAuthorize(
  probe: Probe,
  config: CognitoConfig,
  hints: Hints = {},
): Promise<Landing> {
  const url = authorizeUrl(config, {
    state: randomToken(),
    nonce: randomToken(),
    codeChallenge: await codeChallenge(randomToken()),
    hints,
  });
  return landingOf(await probe({ url }), config);
}

function landingOf(answer: Answer, { domain, redirectUri }: CognitoConfig): Landing {
  const location = locationOf(answer, domain);
  if (!location) return { kind: 'unclear', why: describe(new URL(domain).host, answer) };
  const error = location.searchParams.get('error') ?? '';
  if (location.href.split('?')[0] === redirectUri.split('?')[0]) {
    return { kind: 'callback', error };
  }
  // A pool with two domains may show its error page on the other one.
  if (location.pathname === '/error') return { kind: 'refused', error };
  if (location.origin === domain && location.pathname === '/login') {
    return { kind: 'login', url: location.href };
  }
  return { kind: 'provider' };
}

/**
 * Where a response redirects to.
 *
 * @param answer from a probe
 * @param base the base URL for a relative address
 * @returns undefined if the response isn't a redirect
 */
export function locationOf(answer: Answer, base: string): URL | undefined {
  if (answer.kind === 'silence' || answer.status < 300 || answer.status > 399) return undefined;
  const location = answer.headers.get('location');
  return location === null ? undefined : asUrl(location, base);
}
