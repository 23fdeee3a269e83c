import type { Fetch } from '../protocol/wire';

/**
 * Where `@opentelemetry/api` 1.x keeps its registered providers, so that copies of the package find
 * each other. This module reads them there instead of importing the package, because sites without
 * tracing don't have it installed.
 * https://github.com/open-telemetry/opentelemetry-js/blob/main/api/src/internal/global-utils.ts
 */
const API = Symbol.for('opentelemetry.js.api.1');

/** The part of OpenTelemetry's types that this module uses. */
interface Span {
  setAttribute(name: string, value: string | number): unknown;
  setStatus(status: { code: number }): unknown;
  end(): void;
}

interface Tracer {
  startActiveSpan<T>(name: string, options: { kind: number }, work: (span: Span) => T): T;
}

/** `SpanKind` and `SpanStatusCode` of OpenTelemetry. */
const INTERNAL = 0;
const CLIENT = 2;
const ERROR = 2;

/**
 * Runs a step inside a span if tracing is set up, by `@vercel/otel` or any other SDK that registers
 * a tracer provider. Without tracing, just runs the step.
 *
 * @param name the span's name, without any data from a request
 * @param work the step; it gets the span, to add attributes
 * @param kind `INTERNAL`, or `CLIENT` for a call to another server
 * @returns what the step returns
 * @throws what the step throws; the span records that it failed, but not the message
 */
export async function inSpan<T>(
  name: string,
  work: (span?: Span) => Promise<T>,
  kind = INTERNAL,
): Promise<T> {
  const tracer = findTracer();
  if (!tracer) return work();
  return tracer.startActiveSpan(name, { kind }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/**
 * `fetch` with a span for each call: method, host, path and status, and nothing that was sent.
 *
 * @param url without credentials
 * @param init as `fetch` takes it
 */
export const tracedFetch: Fetch = (url, init) => {
  const { hostname, pathname } = new URL(url);
  const method = init?.method ?? 'GET';
  const call = async (span?: Span) => {
    span?.setAttribute('http.request.method', method);
    span?.setAttribute('server.address', hostname);
    span?.setAttribute('url.path', pathname);
    const answer = await fetch(url, init);
    span?.setAttribute('http.response.status_code', answer.status);
    return answer;
  };
  return inSpan(`${method} ${pathname}`, call, CLIENT);
};

/** Looked up on each call: requests may arrive before tracing is set up. */
function findTracer(): Tracer | undefined {
  const api: unknown = Reflect.get(globalThis, API);
  if (!isObject(api) || !hasTracers(api.trace)) return undefined;
  return api.trace.getTracer('lib/cognito');
}

function hasTracers(value: unknown): value is { getTracer(name: string): Tracer } {
  return isObject(value) && typeof value.getTracer === 'function';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Measures how long the steps of one request take in the middleware. */
export interface Timing {
  /** Runs a step and measures it, in its own span if tracing is set up. */
  readonly measure: <T>(step: string, work: () => Promise<T>) => Promise<T>;
  /**
   * The value of the `Server-Timing` header; undefined in production, where clients must not see
   * it.
   */
  readonly header: () => string | undefined;
}

/** For production: measures nothing, so clients can't see any times. */
export const NO_TIMING: Timing = { measure: inStepSpan, header: () => undefined };

/**
 * Starts the clock for one request, in development.
 *
 * @returns times in milliseconds, the unit of Server-Timing (https://www.w3.org/TR/server-timing/)
 */
export function startTiming(): Timing {
  const started = performance.now();
  const entries: string[] = [];
  const note = (step: string, since: number) =>
    entries.push(`${step};dur=${(performance.now() - since).toFixed(1)}`);
  return {
    async measure(step, work) {
      const since = performance.now();
      try {
        return await inStepSpan(step, work);
      } finally {
        note(step, since);
      }
    },
    header() {
      note('middleware', started);
      return entries.join(', ');
    },
  };
}

function inStepSpan<T>(step: string, work: () => Promise<T>): Promise<T> {
  return inSpan(`cognito ${step}`, work);
}
