import { isTimeOut } from '../../lib/cognito/protocol/retry-once';
import type { Fetch } from '../../lib/cognito/protocol/wire';

/** One request to look at what comes back. */
export interface Question {
  readonly url: string;
  /** Makes it a POST of a form. */
  readonly form?: Readonly<Record<string, string>>;
  /** The value of an `Authorization` header. */
  readonly authorization?: string;
}

export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Headers;
      readonly body: string;
      /** By this machine's clock, in seconds since 1970: the middle of the request. */
      readonly at: number;
    }
  | { readonly kind: 'silence'; readonly reason: 'no-such-host' | 'timed-out' | 'unreachable' };

export type Probe = (question: Question) => Promise<Answer>;

/** Ends a request after so many milliseconds. */
export type EndAfter = (milliseconds: number) => AbortSignal;

/** One request may take this long, in milliseconds, */
const TIME_LIMIT = 2000;
/** and all of them together this long, in milliseconds, those that wait for others included. */
const DEADLINE = 2700;
/** Of a body; the doctor reads no more than a key set. */
const MOST_CHARACTERS = 100_000;

/**
 * Makes the one way in which the doctor asks: no cookies, no redirect followed, no repetition, and
 * an end in time whatever the other side does.
 *
 * @param wire `fetch`, a clock in seconds, and what ends a request
 * @returns asks one question, and never throws
 */
export function createProbe(wire: { fetch: Fetch; now: () => number; endAfter: EndAfter }): Probe {
  const deadline = wire.endAfter(DEADLINE);
  return async ({ url, form, authorization }) => {
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
        },
        ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
      });
      const at = (began + wire.now()) / 2;
      const body = (await response.text()).slice(0, MOST_CHARACTERS);
      return { kind: 'answer', status: response.status, headers: response.headers, body, at };
    } catch (error) {
      return { kind: 'silence', reason: reasonOf(error) };
    }
  };
}

function reasonOf(error: unknown): 'no-such-host' | 'timed-out' | 'unreachable' {
  if (isTimeOut(error)) return 'timed-out';
  // Node's fetch says "fetch failed", and why in the cause.
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  return code === 'ENOTFOUND' ? 'no-such-host' : 'unreachable';
}

/**
 * Says of an answer that helps no check what it was.
 *
 * @param host that was asked
 * @param answer of it
 * @returns half a sentence, like "auth.example.com did not answer in time"
 */
export function describe(host: string, answer: Answer): string {
  if (answer.kind === 'answer') return `${host} answered HTTP ${answer.status}`;
  if (answer.reason === 'no-such-host') return `there is no host ${host}, as far as can be seen`;
  return answer.reason === 'timed-out'
    ? `${host} did not answer in time`
    : `${host} cannot be reached`;
}

/**
 * Reads a JSON object.
 *
 * @param answer of a probe
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
 * The OAuth error of a token or revocation answer (RFC 6749, section 5.2).
 *
 * @param answer of a probe
 * @returns e.g. `invalid_client`; undefined if it names none
 */
export function oauthErrorOf(answer: Answer): string | undefined {
  if (answer.kind === 'silence' || (answer.status !== 400 && answer.status !== 401)) {
    return undefined;
  }
  const error = membersOf(answer).get('error');
  return typeof error === 'string' ? error : undefined;
}
