import { endAllGrants } from './access';
import type { FederationFailure } from './federation/federation-state';
import type { TokenAnswer } from './issue';
import { type Minting, mintTokens } from './mint';
import { type OutagePlan, setOutage } from './outage';
import type { Message } from './outbox';
import { reseed, type Seeds } from './reseed';
import type { AppClient, UserStatus } from './settings';
import type { PoolState } from './state';

/** Controls of a running pool: what an administrator can do, and what can go wrong. */
export interface Controls {
  /** Moves the pool's clock forward. */
  advance(seconds: number): void;
  /** Sets the lifetimes of tokens issued from now on, in seconds, for one client or for all. */
  setLifetimes(
    seconds: { access?: number; id?: number; refresh?: number },
    clientId?: string,
  ): void;
  /** Changes settings of one client; default: the first. */
  changeClient(changes: Partial<Omit<AppClient, 'clientId'>>, clientId?: string): void;
  /** Fails all endpoints for some time; null ends the outage. `fault` fails a single endpoint. */
  outage(plan: OutagePlan | null): void;
  /** Replaces the signing keys. Existing tokens no longer verify against the JWKS. */
  rotateKeys(): Promise<void>;
  /** Revokes all refresh tokens of a user, as if each had been sent to /oauth2/revoke. */
  revokeAll(username: string): void;
  /** Does what GlobalSignOut and AdminUserGlobalSignOut do: here the same as `revokeAll`. */
  signOutGlobally(username: string): void;
  disable(username: string): void;
  enable(username: string): void;
  remove(username: string): void;
  /** Sets a user's status, e.g. RESET_REQUIRED as AdminResetUserPassword does. */
  setStatus(username: string, status: UserStatus): void;
  /** The emails that Cognito would have sent, with their codes, newest first. */
  outbox(): readonly Message[];
  /** Replaces the seeded users and the app clients. Users who signed up stay. */
  reseed(seeds: Seeds): void;
  /** Issues tokens without a sign-in. You can override their claims. */
  mint(username: string, minting?: Minting): Promise<TokenAnswer>;
  /** Does what AdminUpdateUserAttributes does; null deletes an attribute. */
  setAttributes(username: string, attributes: Readonly<Record<string, string | null>>): void;
  addToGroup(username: string, group: string): void;
  removeFromGroup(username: string, group: string): void;
  /** Fails every sign-in through a provider, e.g. `Google`, as Cognito would; null ends that. */
  failFederation(provider: string, failure: FederationFailure | null): void;
}

/**
 * Creates the controls of a pool.
 *
 * @param state the pool's state
 */
export function createControls(state: PoolState): Controls {
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
    outage: (plan) => setOutage(state, plan),
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
        account.verifying.delete(name);
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

/**
 * Finds an app client of the pool.
 *
 * @param state the pool's state
 * @param clientId default: the first
 * @throws Error if the client is unknown
 */
export function clientOf(state: PoolState, clientId?: string): AppClient {
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
