/**
 * A local double of an Amazon Cognito user pool with its hosted UI, for development and tests:
 * the other side of the wire. It shares no code with the site, or it would share its bugs.
 * Its README says what it leaves out.
 *
 * Where Cognito's behaviour is not documented, the comment at the place says what was chosen.
 */
import { Hono } from 'hono';
import { authorizeRoutes } from './authorize';
import { commonHeaders } from './common-headers';
import { controlPanelRoutes } from './control-panel/routes';
import { type Controls, clientOf, createControls } from './controls';
import { discoveryRoutes } from './discovery';
import { type Site, siteEnvironment } from './environment';
import { createFaults, type Fault } from './faults';
import { idpResponseRoutes } from './federation/idp-response';
import { simulatedIdpRoutes } from './federation/simulated-idp';
import { globalSignOut } from './global-sign-out';
import { errorPage } from './hosted-ui/error-page';
import { hostedUiRoutes } from './hosted-ui/routes';
import type { PoolEnv } from './http';
import { jsonApiRoutes, type Operation } from './json-api';
import { logoutRoutes } from './logout';
import { refuseLongAddress } from './long-address';
import { duringOutage } from './outage';
import { getTokensFromRefreshToken } from './refresh-operation';
import { type LoggedRequest, readGrantType } from './request-log';
import { revokeRoutes } from './revoke';
import { revokeToken } from './revoke-operation';
import type { LocalPoolSettings } from './settings';
import { createState, type PoolState } from './state';
import { tokenRoutes } from './token';
import { userInfoRoutes } from './userinfo';

/** The pool: one handler, and a control surface for tests. */
export interface LocalPool extends Controls {
  readonly settings: LocalPoolSettings;
  /** Answers a request as Cognito would; rejects as `fetch` does when a fault resets it. */
  fetch(request: Request): Promise<Response>;
  /** The `COGNITO_…` variables of a site, without SESSION_SECRET. Throws for an unknown client. */
  environment(site: Site): Record<string, string>;
  /** Every request so far, oldest first. */
  requests(): readonly LoggedRequest[];
  /** Breaks a path, e.g. `/oauth2/token`, or mends it with null. */
  fault(path: string, what: Fault | null): void;
}

/**
 * Makes a pool. It opens no port: `serveLocalPool` does.
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
      log.push(entry);
      const grantType = await readGrantType(request, path);
      if (grantType !== undefined) entry.grantType = grantType;
      const response = await faults.apply(path, async () => await app.fetch(request));
      entry.status = response.status;
      // Whoever has seen a page may come back with a code: by then the keys are there.
      if (path === '/login') state.keys.prepare();
      return response;
    },
    environment: (site) => siteEnvironment(state.settings, clientOf(state, site.client), site),
    requests: () => log.map((entry) => ({ ...entry })),
    fault: faults.set,
    ...controls,
  };
}

/** What a site with a hosted UI calls of the API, by itself or through Amplify. */
const OPERATIONS = new Map<string, Operation>([
  ['GlobalSignOut', globalSignOut],
  ['GetTokensFromRefreshToken', getTokensFromRefreshToken],
  ['RevokeToken', revokeToken],
]);

/** The routes, in the order in which a sign-in meets them. */
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
