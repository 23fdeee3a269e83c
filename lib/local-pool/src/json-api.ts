import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { PoolContext, PoolEnv } from './http';
import type { PoolState } from './state';

const TARGET_PREFIX = 'AWSCognitoIdentityProviderService.';

/** The result of an operation: a response (null for an empty body) or Cognito's exception. */
export type Outcome =
  | { kind: 'done'; answer: object | null }
  | { kind: 'refused'; exception: string; message: string };

/**
 * One operation of the API.
 *
 * @param pool the pool
 * @param input the string members of the request's JSON
 */
export type Operation = (pool: PoolState, input: ReadonlyMap<string, string>) => Promise<Outcome>;

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
    const target = c.req.header('x-amz-target') ?? '';
    const name = target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : '';
    const operation = operations.get(name);
    if (!operation) {
      const known = [...operations.keys()].join(', ');
      const message = `The local pool only supports ${known}.`;
      return respond(c, { kind: 'refused', exception: 'UnknownOperationException', message });
    }
    return respond(c, await operation(pool, readInput(await c.req.text())));
  });
  return routes;
}

/**
 * Refuses a request that lacks a member.
 *
 * @param name the member, e.g. `AccessToken`
 */
export function missingParameter(name: string): Outcome {
  const message = `Missing required parameter ${name}`;
  return { kind: 'refused', exception: 'InvalidParameterException', message };
}

function readInput(body: string): Map<string, string> {
  const input = new Map<string, string>();
  try {
    for (const [name, value] of Object.entries(Object(JSON.parse(body)))) {
      if (typeof value === 'string') input.set(name, value);
    }
  } catch {
    // Every member is missing then, and the operation reports that.
  }
  return input;
}

function respond(c: PoolContext, outcome: Outcome) {
  const type = { 'Content-Type': 'application/x-amz-json-1.1' };
  if (outcome.kind === 'done') {
    const body = outcome.answer === null ? '' : JSON.stringify(outcome.answer);
    return c.body(body, 200, type);
  }
  const { exception, message } = outcome;
  c.header('x-amzn-ErrorType', `${exception}:`);
  c.header('x-amzn-ErrorMessage', message);
  return c.body(JSON.stringify({ __type: exception, message }), 400, type);
}
