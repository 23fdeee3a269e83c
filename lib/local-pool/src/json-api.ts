import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { API_CONTENT_TYPE, exceptionResponse } from './exceptions';
import type { PoolEnv } from './http';
import type { Operation } from './operation';
import type { PoolState } from './state';

const TARGET_PREFIX = 'AWSCognitoIdentityProviderService.';

/**
 * Cognito's JSON API: `POST /` with the operation in `X-Amz-Target`. Cognito serves it from the
 * issuer's host. Browsers call it from any site, as Amplify does, so it responds to preflights.
 *
 * @param pool the pool
 * @param operations by name, e.g. `GlobalSignOut`; any other is `UnknownOperationException`
 */
export function jsonApiRoutes(
  pool: PoolState,
  operations: ReadonlyMap<string, Operation>,
): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  routes.use('/', cors());
  routes.post('/', async (c) => {
    const type = c.req.header('content-type') ?? '';
    if (type.startsWith('application/json')) return otherProtocol();
    const isJson11 = type.startsWith(API_CONTENT_TYPE);
    const operation = isJson11 && operations.get(operationName(c.req.raw) ?? '');
    if (!operation) {
      const known = [...operations.keys()].join(', ');
      const message = `The local pool only supports ${API_CONTENT_TYPE} and ${known}.`;
      return exceptionResponse('UnknownOperationException', message);
    }
    const read = readJson(await c.req.text());
    if (read.kind === 'broken') return exceptionResponse('SerializationException', '');
    const outcome = await operation(pool, read.value);
    if (outcome.kind === 'refused') return exceptionResponse(outcome.exception, outcome.message);
    const body = outcome.answer === null ? '' : JSON.stringify(outcome.answer);
    return new Response(body, { headers: { 'Content-Type': API_CONTENT_TYPE } });
  });
  return routes;
}

/**
 * The operation that a request to the API names.
 *
 * @param request any request
 * @returns undefined for other requests
 */
export function operationName(request: Request): string | undefined {
  const target = request.headers.get('x-amz-target');
  if (!target?.startsWith(TARGET_PREFIX) || request.method !== 'POST') return undefined;
  return target.slice(TARGET_PREFIX.length);
}

/**
 * AWS takes `application/json` for another protocol, and its error has the status 200 (account
 * facts, section 1; the body is the one of other AWS services).
 */
function otherProtocol(): Response {
  const __type = 'com.amazon.coral.service#UnknownOperationException';
  return Response.json({ Output: { __type, message: null }, Version: '1.0' });
}

type Read = { kind: 'json'; value: unknown } | { kind: 'broken' };

/** An empty body counts as no members. As in AWS, a null is the same as an absent member. */
function readJson(body: string): Read {
  if (body.trim() === '') return { kind: 'json', value: {} };
  try {
    return { kind: 'json', value: JSON.parse(body, withoutNulls) ?? {} };
  } catch {
    return { kind: 'broken' };
  }
}

function withoutNulls(_: string, value: unknown): unknown {
  // An item that was removed leaves a gap, which `filter` closes.
  return Array.isArray(value) ? value.filter(() => true) : (value ?? undefined);
}
