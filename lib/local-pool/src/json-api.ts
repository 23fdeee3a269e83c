import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { PoolContext, PoolEnv } from './http';
import type { PoolState } from './state';

const TARGET_PREFIX = 'AWSCognitoIdentityProviderService.';

/** What an operation came to: its answer, null for an empty body, or an exception of Cognito's. */
export type Outcome =
  | { kind: 'done'; answer: object | null }
  | { kind: 'refused'; exception: string; message: string };

/**
 * One operation of the API.
 *
 * @param pool the pool
 * @param input the members of the request's JSON that are strings
 */
export type Operation = (pool: PoolState, input: ReadonlyMap<string, string>) => Promise<Outcome>;

/**
 * Cognito's JSON API, `POST /` with the operation in `X-Amz-Target`; at Cognito it is on the issuer's
 * host. Browsers call it from any site, as Amplify does, so it answers preflights.
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
      const message = `The local pool knows ${known} only.`;
      return respond(c, { kind: 'refused', exception: 'UnknownOperationException', message });
    }
    return respond(c, await operation(pool, readInput(await c.req.text())));
  });
  return routes;
}

/**
 * The refusal of a request that lacks a member.
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
    // Then every member is missing, and the operation says which.
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
