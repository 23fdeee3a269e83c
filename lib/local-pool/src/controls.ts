import { endAllGrants } from './access';
import type { FederationFailure } from './federation/federation-state';
import type { TokenAnswer } from './issue';
import { type Minting, mintTokens } from './mint';
import { type OutagePlan, setOutage } from './outage';
import type { Message } from './outbox';
import { reseed, type Seeds } from './reseed';
import type { AppClient, UserStatus } from './settings';
import type { PoolState } from './state';

/** What an administrator can do to a running pool, and what can happen to one. */
export interface Controls {
  /** Moves the pool's clock forward. */
  advance(seconds: number): void;
  /** Lives in seconds of tokens issued from now on; of one client, or of all. */
  setLifetimes(
    seconds: { access?: number; id?: number; refresh?: number },
    clientId?: string,
  ): void;
  /** Changes settings of one client, default: the first. */
  changeClient(changes: Partial<Omit<AppClient, 'clientId'>>, clientId?: string): void;
  /** Puts all endpoints out of order for some time, or in order with null. See `fault` for one. */
  outage(plan: OutagePlan | null): void;
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
 * The controls of a pool.
 *
 * @param state the pool's memory
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
 * An app client of the pool.
 *
 * @param state the pool's memory
 * @param clientId default: the first
 * @throws Error for an unknown one
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
