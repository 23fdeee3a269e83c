import { Hono } from 'hono';
import type { PoolEnv } from '../http';
import { limitBody } from '../limit-body';
import type { PoolState } from '../state';
import { confirmRoutes } from './confirm';
import { forgotRoutes } from './forgot-password';
import { indexRoutes } from './index-page';
import { loginRoutes } from './login';
import { mfaRoutes } from './mfa';
import { mfaSetupRoutes } from './mfa-setup';
import { newPasswordRoutes } from './new-password';
import { outboxRoutes } from './outbox-page';
import { passkeyAddRoutes } from './passkey-add';
import { passkeyStepRoutes } from './passkey-step';
import { passkeyUseRoutes } from './passkey-use';
import { signUpRoutes } from './sign-up';

/** In bytes. The forms of these pages have a few hundred. */
const LARGEST_FORM = 64 * 1024;

/**
 * The routes of the hosted UI's pages, except federation.
 *
 * @param pool the pool
 */
export function hostedUiRoutes(pool: PoolState): Hono<PoolEnv> {
  const pages = [
    loginRoutes,
    signUpRoutes,
    confirmRoutes,
    forgotRoutes,
    newPasswordRoutes,
    mfaRoutes,
    mfaSetupRoutes,
    passkeyAddRoutes,
    passkeyStepRoutes,
    passkeyUseRoutes,
    outboxRoutes,
    indexRoutes,
  ];
  const routes = new Hono<PoolEnv>();
  for (const page of pages) {
    const own = page(pool);
    for (const { method, path } of own.routes) {
      if (method === 'POST') routes.on(method, path, limitBody(LARGEST_FORM));
    }
    routes.route('/', own);
  }
  return routes;
}
