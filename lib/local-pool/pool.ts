/**
 * A local double of an Amazon Cognito user pool with its hosted UI, for development and tests:
 * the other side of the wire. It shares no code with the site, or it would share its bugs.
 *
 * Known differences from Cognito, where the double does less:
 * - identity providers are pretended, on the pool's own origin: no protocol is spoken with them, no
 *   signature checked, they keep no session, and SAML has no single logout and no start at the IdP;
 * - of the triggers, pre token generation V2 only, as a function; client_credentials doesn't call it;
 * - of second factors, authenticator apps only: no SMS, no mailed codes, no passkeys, no remembered
 *   devices; no custom challenges;
 * - e-mail is the one required attribute and the one alias; mails end in /local-outbox;
 * - the pages are this project's own, with the classic hosted UI's field names where they are known,
 *   in both modes; of three, the path is not known either (hosted-ui/steps.ts); /resendcode is a form
 *   and no link; what is said of a form is English in every language;
 * - of the JSON API, GlobalSignOut, GetTokensFromRefreshToken and RevokeToken only;
 * - one origin serves domain, issuer and API; http on loopback, so cookies have no `Secure`;
 * - lives may be any number of seconds; new keys replace the old ones in the JWKS at once.
 *
 * Where Cognito's behaviour is not documented, the comment at the place says what was chosen.
 */
import { Hono } from 'hono';
import { endAllGrants } from './access';
import { authorizeRoutes } from './authorize';
import { commonHeaders } from './common-headers';
import { discoveryRoutes } from './discovery';
import { type Site, siteEnvironment } from './environment';
import { createFaults, type Fault } from './faults';
import type { FederationFailure } from './federation/federation-state';
import { idpResponseRoutes } from './federation/idp-response';
import { pretendedIdpRoutes } from './federation/pretended-idp';
import { globalSignOut } from './global-sign-out';
import { errorPage } from './hosted-ui/error-page';
import { hostedUiRoutes } from './hosted-ui/routes';
import type { PoolEnv } from './http';
import type { TokenAnswer } from './issue';
import { jsonApiRoutes, type Operation } from './json-api';
import { logoutRoutes } from './logout';
import { refuseLongAddress } from './long-address';
import { type Minting, mintTokens } from './mint';
import type { Message } from './outbox';
import { getTokensFromRefreshToken } from './refresh-operation';
import { type LoggedRequest, readGrantType } from './request-log';
import { reseed, type Seeds } from './reseed';
import { revokeRoutes } from './revoke';
import { revokeToken } from './revoke-operation';
import type { AppClient, LocalPoolSettings, UserStatus } from './settings';
import { createState, type PoolState } from './state';
import { tokenRoutes } from './token';
import { userInfoRoutes } from './userinfo';

/** The pool: one handler, and a control surface for tests. */
export interface LocalPool {
  readonly settings: LocalPoolSettings;
  /** Answers a request as Cognito would; rejects as `fetch` does when a fault resets it. */
  fetch(request: Request): Promise<Response>;
  /** The `COGNITO_…` variables of a site, without SESSION_SECRET. Throws for an unknown client. */
  environment(site: Site): Record<string, string>;
  /** Every request so far, oldest first. */
  requests(): readonly LoggedRequest[];
  /** Breaks a path, e.g. `/oauth2/token`, or mends it with null. */
  fault(path: string, what: Fault | null): void;
  /** Moves the pool's clock forward. */
  advance(seconds: number): void;
  /** Lives in seconds of tokens issued from now on; of one client, or of all. */
  setLifetimes(
    seconds: { access?: number; id?: number; refresh?: number },
    clientId?: string,
  ): void;
  /** Changes settings of one client, default: the first. */
  changeClient(changes: Partial<Omit<AppClient, 'clientId'>>, clientId?: string): void;
  /** New signing keys; tokens issued before no longer verify against the JWKS. */
  rotateKeys(): Promise<void>;
  /** Ends all refresh tokens of a user, each as if it had been sent to /oauth2/revoke. */
  revokeAll(username: string): void;
  /** What GlobalSignOut and AdminUserGlobalSignOut do: today the same as `revokeAll`. */
  signOutGlobally(username: string): void;
  disable(username: string): void;
  enable(username: string): void;
  remove(username: string): void;
  /** E.g. RESET_REQUIRED, what AdminResetUserPassword leaves. */
  setStatus(username: string, status: UserStatus): void;
  /** The mails that Cognito would have sent, with their codes; newest first. */
  outbox(): readonly Message[];
  /** Other seeded users and app clients in place of the present ones; who signed up stays. */
  reseed(seeds: Seeds): void;
  /** Tokens as after a sign-in, without one; their claims may be changed. */
  mint(username: string, minting?: Minting): Promise<TokenAnswer>;
  /** What AdminUpdateUserAttributes does; null takes an attribute away. */
  setAttributes(username: string, attributes: Readonly<Record<string, string | null>>): void;
  addToGroup(username: string, group: string): void;
  removeFromGroup(username: string, group: string): void;
  /** Fails every sign-in over a provider, e.g. `Google`, as Cognito would; null mends it. */
  failFederation(provider: string, failure: FederationFailure | null): void;
}

/**
 * Makes a pool. It opens no port: `serveLocalPool` does.
 *
 * @param given any part of the settings; the rest has defaults
 */
export async function createLocalPool(given: Partial<LocalPoolSettings> = {}): Promise<LocalPool> {
  const state = createState(given);
  const app = createApp(state);
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
    ...createControls(state),
  };
}

/** What a site with a hosted UI calls of the API, by itself or through Amplify. */
const OPERATIONS = new Map<string, Operation>([
  ['GlobalSignOut', globalSignOut],
  ['GetTokensFromRefreshToken', getTokensFromRefreshToken],
  ['RevokeToken', revokeToken],
]);

/** The routes, in the order in which a sign-in meets them. */
function createApp(state: PoolState): Hono<PoolEnv> {
  const app = new Hono<PoolEnv>();
  app.use(commonHeaders(state));
  app.use(refuseLongAddress);
  app.route('/', authorizeRoutes(state));
  app.route('/', hostedUiRoutes(state));
  app.route('/', pretendedIdpRoutes(state));
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

type Controls = Omit<LocalPool, 'settings' | 'fetch' | 'environment' | 'requests' | 'fault'>;

function createControls(state: PoolState): Controls {
  return {
    advance(seconds) {
      state.clockOffset += seconds;
    },
    setLifetimes({ access, id, refresh }, clientId) {
      const clients = clientId === undefined ? state.clients.values() : [clientOf(state, clientId)];
      for (const client of clients) {
        client.accessTokenSeconds = access ?? client.accessTokenSeconds;
        client.idTokenSeconds = id ?? client.idTokenSeconds;
        client.refreshTokenSeconds = refresh ?? client.refreshTokenSeconds;
      }
    },
    changeClient(changes, clientId) {
      Object.assign(clientOf(state, clientId), changes);
    },
    rotateKeys: state.keys.renew,
    revokeAll: (username) => endAllGrants(state, username),
    signOutGlobally: (username) => endAllGrants(state, username),
    disable(username) {
      accountOf(state, username).enabled = false;
    },
    enable(username) {
      accountOf(state, username).enabled = true;
    },
    remove: (username) => state.users.remove(username),
    setStatus(username, status) {
      accountOf(state, username).status = status;
    },
    outbox: () => state.outbox.list(),
    reseed: (seeds) => reseed(state, seeds),
    async mint(username, minting = {}) {
      const client = clientOf(state, minting.client);
      return await mintTokens(state, { client, account: accountOf(state, username) }, minting);
    },
    setAttributes(username, attributes) {
      const account = accountOf(state, username);
      for (const [name, value] of Object.entries(attributes)) {
        if (value === null) account.attributes.delete(name);
        else account.attributes.set(name, value);
      }
    },
    addToGroup: (username, group) => void accountOf(state, username).groups.add(group),
    removeFromGroup: (username, group) => void accountOf(state, username).groups.delete(group),
    failFederation(provider, failure) {
      if (failure === null) state.federation.failures.delete(provider);
      else state.federation.failures.set(provider, failure);
    },
  };
}

function clientOf(state: PoolState, clientId?: string): AppClient {
  const [first] = state.clients.values();
  const client = clientId === undefined ? first : state.clients.get(clientId);
  if (!client) throw new Error(`The local pool has no app client "${clientId ?? ''}".`);
  return client;
}

function accountOf(state: PoolState, username: string) {
  const account = state.users.find(username);
  if (!account) throw new Error(`The local pool has no user "${username}".`);
  return account;
}
