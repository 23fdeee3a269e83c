import { Hono } from 'hono';
import { type AccessCheck, checkAccessToken, endAllGrants } from './access';
import type { PoolContext, PoolEnv } from './http';
import type { PoolState } from './state';

const TARGET_PREFIX = 'AWSCognitoIdentityProviderService.';

/**
 * The one operation of Cognito's JSON API that a site with a hosted UI calls: GlobalSignOut. At
 * Cognito it is served by the issuer's host; here by the pool's only origin, at `POST /`.
 *
 * @param pool the pool
 */
export function globalSignOutRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  routes.post('/', async (c) => {
    const operation = c.req.header('x-amz-target') ?? '';
    if (operation !== `${TARGET_PREFIX}GlobalSignOut`) {
      return refuse(c, 'UnknownOperationException', 'The local pool knows GlobalSignOut only.');
    }
    const token = readAccessToken(await c.req.text());
    if (token === null) {
      return refuse(c, 'InvalidParameterException', 'Missing required parameter AccessToken');
    }
    const checked = checkAccessToken(pool, token);
    if (checked.kind !== 'valid') {
      return refuse(c, 'NotAuthorizedException', REFUSALS[checked.kind]);
    }
    if (!checked.scopes.includes('aws.cognito.signin.user.admin')) {
      const message = 'Access Token does not have required scopes';
      return refuse(c, 'NotAuthorizedException', message);
    }
    endAllGrants(pool, checked.account.username);
    return amzJson(c, 200, {});
  });
  return routes;
}

const REFUSALS: Record<Exclude<AccessCheck['kind'], 'valid'>, string> = {
  unknown: 'Invalid Access Token',
  expired: 'Access Token has expired',
  revoked: 'Access Token has been revoked',
  disabled: 'User is disabled.',
};

function readAccessToken(body: string): string | null {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null || !('AccessToken' in parsed)) return null;
    return typeof parsed.AccessToken === 'string' ? parsed.AccessToken : null;
  } catch {
    return null;
  }
}

function refuse(c: PoolContext, type: string, message: string) {
  c.header('x-amzn-ErrorType', `${type}:`);
  c.header('x-amzn-ErrorMessage', message);
  return amzJson(c, 400, { __type: type, message });
}

function amzJson(c: PoolContext, status: 200 | 400, body: object) {
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/x-amz-json-1.1' });
}
