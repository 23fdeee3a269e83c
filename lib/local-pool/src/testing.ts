/**
 * The local pool as a test kit: declare users in one object, sign them in with one line, and
 * simulate the failures of a real user pool. See `tests/examples`.
 */
import { randomBytes } from 'node:crypto';
import type { ClaimChanges } from './issue';
import { createKeyRing } from './key-ring';
import type { LocalPool } from './pool';
import { type ServeOptions, serveLocalPool } from './serve';
import type { User } from './settings';
import type { CookieJar } from './testing/cookie-jar';
import { type BrowserPage, isPage } from './testing/page';
import { type People, toUsers } from './testing/people';
import { signInByJar, signInByPage } from './testing/sign-in';
import { type SealSession, signInDirectly } from './testing/sign-in-directly';
import { testClients } from './testing/test-seeds';

export type { CookieJar } from './testing/cookie-jar';
export { createJar, type Jar } from './testing/jar';
export type { BrowserPage } from './testing/page';
export type { People, Person } from './testing/people';
export type { SealSession } from './testing/sign-in-directly';
export type { SealedCookie } from './testing/visitor-cookies';

export interface TestPoolOptions extends Omit<ServeOptions, 'users'> {
  /** By username, e.g. `{ alice: { groups: ['admin'] }, bob: {} }`; default: `testUsers()`. */
  users?: People | readonly User[];
  /** The site's origin; default `http://localhost:3000`. */
  site?: string;
  /** The path where the site starts a sign-in and receives the code; default `/login`. */
  redirectPath?: string;
  /** How the site seals a session; `signInAs(…, { directly: true })` needs it. */
  seal?: SealSession;
  /** Overrides the site's environment, e.g. SESSION_IDLE. `seal` receives these values too. */
  siteEnv?: Readonly<Record<string, string>>;
}

export interface SignInOptions {
  /** The page to end on; default `/`. */
  path?: string;
  /** Seals the session without opening the sign-in pages, which is about ten times as fast. */
  directly?: boolean;
  /** Default: the declared one. Required for a user who signed up on the pages. */
  password?: string;
}

/** Tokens signed by the pool. The refresh token works. */
export interface MintedTokens {
  readonly idToken: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

type Controls = Pick<
  LocalPool,
  'fault' | 'advance' | 'requests' | 'rotateKeys' | 'revokeAll' | 'fetch'
>;

/** A pool for a test, with the most useful controls; `pool` has all of them. */
export interface TestPool extends Controls {
  readonly pool: LocalPool;
  /** The pool's origin, e.g. `http://127.0.0.1:41234`. */
  readonly origin: string;
  /** The site's origin. */
  readonly site: string;
  /** All environment variables that the site needs to start, including SESSION_SECRET. */
  environment(): Record<string, string>;
  /**
   * Signs a user in, through the hosted UI's pages or `directly`, in place of any user who was
   * signed in before.
   */
  signInAs(
    visitor: BrowserPage | CookieJar,
    username: string,
    options?: SignInOptions,
  ): Promise<void>;
  /**
   * Issues tokens for a user without a sign-in. Your claims override the usual ones, even with
   * invalid values: `{ access: { exp: 1 } }` is expired. undefined removes a claim.
   */
  mint(username: string, claims?: ClaimChanges): Promise<MintedTokens>;
  /** Stops the pool and closes all connections, including hanging requests. */
  close(): Promise<void>;
}

/** All pools of a process share one set of signing keys, generated when first needed. */
const sharedKeys = createKeyRing();

/**
 * Starts a pool for tests on a free loopback port. It refuses to start where `serveLocalPool` does.
 *
 * @param options the users, where the site is, and any setting of the pool
 */
export async function startLocalPool(options: TestPoolOptions = {}): Promise<TestPool> {
  const {
    users: declared,
    site = 'http://localhost:3000',
    redirectPath = '/login',
    seal,
    siteEnv = {},
    ...settings
  } = options;
  const users = toUsers(declared);
  const clients = settings.clients ?? testClients(site);
  const { pool, origin, close } = await serveLocalPool({
    port: 0,
    keys: sharedKeys.signing,
    ...settings,
    clients,
    users,
  });
  const environment = {
    ...pool.environment({ redirectUri: `${site}${redirectPath}`, logoutUri: `${site}/` }),
    SESSION_SECRET: randomBytes(32).toString('base64url'),
    ...siteEnv,
  };

  return {
    pool,
    origin,
    site,
    environment: () => ({ ...environment }),
    async signInAs(visitor, username, { path = '/', directly = false, password } = {}) {
      const known = password ?? passwordOf(users, username);
      const who = { username, path, password: known };
      if (directly) {
        if (!seal)
          throw new Error('To sign in directly, startLocalPool() needs the option `seal`.');
        return await signInDirectly(visitor, { pool, seal, environment, site }, who);
      }
      const way = { site, loginPath: redirectPath, pool: origin };
      if (isPage(visitor)) await signInByPage(visitor, { ...who, ...way });
      else await signInByJar(visitor, { ...who, ...way });
    },
    async mint(username, claims = {}) {
      const { id_token, access_token, refresh_token } = await pool.mint(username, { claims });
      const [idToken, refreshToken] = [id_token ?? '', refresh_token ?? ''];
      return { idToken, accessToken: access_token, refreshToken };
    },
    fetch: pool.fetch,
    fault: pool.fault,
    advance: pool.advance,
    requests: pool.requests,
    rotateKeys: pool.rotateKeys,
    revokeAll: pool.revokeAll,
    close,
  };
}

function passwordOf(users: readonly User[], username: string): string {
  const user = users.find((one) => one.username === username);
  if (user?.password !== undefined) return user.password;
  const names = users.map((one) => one.username).join(', ');
  throw new Error(`The pool has no user "${username}" with a known password. Its users: ${names}.`);
}
