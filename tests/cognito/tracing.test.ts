import { createRequire } from 'node:module';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inSpan, NO_TIMING, startTiming, tracedFetch } from '@/lib/cognito/logging/tracing';

/** OpenTelemetry's package, from the copy that Next contains. */
const { trace } = createRequire(import.meta.url)('next/dist/compiled/@opentelemetry/api');

interface Recorded {
  name: string;
  kind: number;
  attributes: Record<string, unknown>;
  status?: number;
  ended: boolean;
}

let spans: Recorded[] = [];
beforeEach(() => {
  spans = [];
});
afterEach(() => {
  trace.disable();
  vi.restoreAllMocks();
});

/** A tracer provider, as an SDK would register it. */
function register(): void {
  trace.setGlobalTracerProvider({
    getTracer: () => ({
      startSpan: () => {
        throw new Error('not used');
      },
      startActiveSpan<T>(name: string, { kind }: { kind: number }, work: (span: object) => T) {
        const record: Recorded = { name, kind, attributes: {}, ended: false };
        spans.push(record);
        return work({
          setAttribute: (key: string, value: unknown) => {
            record.attributes[key] = value;
          },
          setStatus: ({ code }: { code: number }) => {
            record.status = code;
          },
          end: () => {
            record.ended = true;
          },
        });
      },
    }),
  });
}

test('without tracing a step simply runs', async () => {
  expect(await inSpan('step', async (span) => span)).toBeUndefined();
  expect(spans).toEqual([]);
});

test('with tracing a step has a span, which ends with it', async () => {
  register();
  expect(await inSpan('step', async () => 7)).toBe(7);
  expect(spans).toEqual([{ name: 'step', kind: 0, attributes: {}, ended: true }]);
});

test('a step that fails says so in its span, without the error message', async () => {
  register();
  const failing = inSpan('step', () => Promise.reject(new Error('eyJ')));
  await expect(failing).rejects.toThrow('eyJ');
  expect(spans).toEqual([{ name: 'step', kind: 0, attributes: {}, status: 2, ended: true }]);
});

test('a call to the user pool has method, host, path and status, and nothing that was sent', async () => {
  register();
  vi.stubGlobal('fetch', async () => new Response('{"access_token":"eyJ"}', { status: 400 }));
  const init = {
    method: 'POST',
    body: 'code=secret',
    headers: { Authorization: 'Basic c2VjcmV0' },
  };
  const answer = await tracedFetch('https://auth.example.com/oauth2/token?x=secret', init);
  vi.unstubAllGlobals();
  expect(answer.status).toBe(400);
  expect(spans).toEqual([
    {
      name: 'POST /oauth2/token',
      kind: 2,
      attributes: {
        'http.request.method': 'POST',
        'server.address': 'auth.example.com',
        'url.path': '/oauth2/token',
        'http.response.status_code': 400,
      },
      ended: true,
    },
  ]);
});

test('Server-Timing lists the steps of a request in development, and is not sent in production', async () => {
  const timing = startTiming();
  await timing.measure('session', async () => 1);
  await expect(timing.measure('tokens', () => Promise.reject(new Error('no')))).rejects.toThrow();
  expect(timing.header()).toMatch(/^session;dur=[\d.]+, tokens;dur=[\d.]+, middleware;dur=[\d.]+$/);
  expect(await NO_TIMING.measure('session', async () => 1)).toBe(1);
  expect(NO_TIMING.header()).toBeUndefined();
});
