import type { Fetch } from '../protocol/wire';

/**
 * Where `@opentelemetry/api` 1.x keeps what was registered with it, so that its copies find each other.
 * Read here instead of imported: who has no tracing has no package for it either.
 * https://github.com/open-telemetry/opentelemetry-js/blob/main/api/src/internal/global-utils.ts
 */
const API = Symbol.for('opentelemetry.js.api.1');

/** The part of OpenTelemetry's own types that is used here. */
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
 * Runs a step inside a span, where tracing is set up: `@vercel/otel` or any other SDK that registers a
 * tracer provider. Where it is not, the step simply runs.
 *
 * @param name of the span, without anything of a request
 * @param work the step; it gets its span, to say more
 * @param kind `INTERNAL`, or `CLIENT` for a call to another server
 * @returns what the step returns; throws what it throws, of which the span keeps no message
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

/** Looked for each time: a server may be asked before its tracing is set up. */
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

/** How long the steps of one request took in the middleware. */
export interface Timing {
  /** Runs a step, in a span of its own where tracing is set up. */
  readonly measure: <T>(step: string, work: () => Promise<T>) => Promise<T>;
  /** The `Server-Timing` header; undefined in production, where it would tell strangers. */
  readonly header: () => string | undefined;
}

/**
 * Starts the clock for one request.
 *
 * @param enabled whether times are taken: in development only
 * @returns times in milliseconds, as Server-Timing has them (https://www.w3.org/TR/server-timing/)
 */
export function startTiming(enabled: boolean): Timing {
  if (!enabled) return { measure: inStepSpan, header: () => undefined };
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
