/**
 * A local imitation of an Amazon Cognito user pool with its hosted UI, for development and tests.
 * It shares no code with the site: shared code would mean shared bugs. The README lists what it
 * leaves out.
 *
 * Where Cognito's behavior isn't documented, a comment says what we chose. "Facts" in comments are
 * our notes on what is documented or was recorded; `docs/local-pool.md` is made from them.
 */
import { Hono } from 'hono';
import { ACCOUNT_OPERATIONS } from './account-api/operations';
import { authorizeRoutes } from './authorize';
import { commonHeaders } from './common-headers';
import { controlPanelRoutes } from './control-panel/routes';
import { type Controls, clientOf, createControls } from './controls';
import { discoveryRoutes } from './discovery';
import { type Site, siteEnvironment } from './environment';
import { createFaults, type Fault } from './faults';
import { idpResponseRoutes } from './federation/idp-response';
import { simulatedIdpRoutes } from './federation/simulated-idp';
import { errorPage } from './hosted-ui/error-page';
import { hostedUiRoutes } from './hosted-ui/routes';
import type { PoolEnv } from './http';
import { jsonApiRoutes, operationName } from './json-api';
import { logoutRoutes } from './logout';
import { refuseLongAddress } from './long-address';
import type { Operation } from './operation';
import { duringOutage } from './outage';
import { getTokensFromRefreshToken } from './refresh-operation';
import { type LoggedRequest, readGrantType } from './request-log';
import { revokeRoutes } from './revoke';
import { revokeToken } from './revoke-operation';
import type { LocalPoolSettings } from './settings';
import { createState, type PoolState } from './state';
import { tokenRoutes } from './token';
import { userInfoRoutes } from './userinfo';

/** The pool: a request handler, and controls for tests. */
export interface LocalPool extends Controls {
  readonly settings: LocalPoolSettings;
  /** Responds to a request as Cognito would. If a fault resets it, rejects as `fetch` does. */
  fetch(request: Request): Promise<Response>;
  /** The site's `COGNITO_…` variables, without SESSION_SECRET. Throws for an unknown client. */
  environment(site: Site): Record<string, string>;
  /** Every request so far, oldest first. */
  requests(): readonly LoggedRequest[];
  /** Fails requests to a path, e.g. `/oauth2/token`, or of an API operation, e.g. `GetUser`; null ends it. */
  fault(pathOrOperation: string, what: Fault | null): void;
}

/**
 * Creates a pool without opening a port. `serveLocalPool` opens one.
 *
 * @param given any part of the settings; the rest has defaults
 */
export async function createLocalPool(given: Partial<LocalPoolSettings> = {}): Promise<LocalPool> {
  const state = createState(given);
  const controls = createControls(state);
  const app = createApp(state, controls);
  const faults = createFaults();
  const log: LoggedRequest[] = [];

  return {
    settings: state.settings,
    async fetch(request) {
      const path = new URL(request.url).pathname;
      const entry: LoggedRequest = { method: request.method, path, status: null };
      const operation = operationName(request);
      if (operation !== undefined) entry.operation = operation;
      log.push(entry);
      const grantType = await readGrantType(request, path);
      if (grantType !== undefined) entry.grantType = grantType;
      const names = operation === undefined ? [path] : [operation, path];
      const response = await faults.apply(names, async () => await app.fetch(request));
      entry.status = response.status;
      // A visitor who sees the sign-in page may soon redeem a code, which needs the keys.
      if (path === '/login') state.keys.prepare();
      return response;
    },
    environment: (site) => siteEnvironment(state.settings, clientOf(state, site.client), site),
    requests: () => log.map((entry) => ({ ...entry })),
    fault: faults.set,
    ...controls,
  };
}

/** The API operations that a site with a hosted UI calls, itself or through Amplify. */
const OPERATIONS = new Map<string, Operation>([
  ...ACCOUNT_OPERATIONS,
  ['GetTokensFromRefreshToken', getTokensFromRefreshToken],
  ['RevokeToken', revokeToken],
]);

/** The routes, in the order in which a sign-in uses them. */
function createApp(state: PoolState, controls: Controls): Hono<PoolEnv> {
  const app = new Hono<PoolEnv>();
  app.use(commonHeaders(state));
  app.use(refuseLongAddress);
  app.use(duringOutage(state));
  app.route('/', authorizeRoutes(state));
  app.route('/', hostedUiRoutes(state));
  app.route('/', controlPanelRoutes(state, controls));
  app.route('/', simulatedIdpRoutes(state));
  app.route('/', idpResponseRoutes(state));
  app.route('/', tokenRoutes(state));
  app.route('/', discoveryRoutes(state));
  app.route('/', userInfoRoutes(state));
  app.route('/', revokeRoutes(state));
  app.route('/', logoutRoutes(state));
  app.route('/', jsonApiRoutes(state, OPERATIONS));
  app.notFound((c) => errorPage(c, 404, ''));
  return app;
}
