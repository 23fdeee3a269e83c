/**
 * The local pool as a test kit: people declared in one object, sign-ins in one line, and what goes
 * wrong with a real user pool on demand. `tests/examples` shows it at work.
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
  /** By name, e.g. `{ alice: { groups: ['admin'] }, bob: {} }`; default: `testUsers()`. */
  users?: People | readonly User[];
  /** The site's origin; default `http://localhost:3000`. */
  site?: string;
  /** Where the site starts a sign-in and takes the code; default `/login`. */
  redirectPath?: string;
  /** How the site seals a session; `signInAs(…, { directly: true })` needs it. */
  seal?: SealSession;
  /** Over the site's environment, e.g. SESSION_IDLE; a sealed session must know of it. */
  siteEnv?: Readonly<Record<string, string>>;
}

export interface SignInOptions {
  /** The page to end on; default `/`. */
  path?: string;
  /** No pages: the session is sealed as the site would, some ten times as fast. */
  directly?: boolean;
  /** Default: as declared. Needed for somebody who signed up on the pages. */
  password?: string;
}

/** Signed by the pool, with a refresh token that works. */
export interface MintedTokens {
  readonly idToken: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

type Controls = Pick<
  LocalPool,
  'fault' | 'advance' | 'requests' | 'rotateKeys' | 'revokeAll' | 'fetch'
>;

/** A pool at the service of a test, with the controls that tests need most; `pool` has them all. */
export interface TestPool extends Controls {
  readonly pool: LocalPool;
  /** The pool's own, e.g. `http://127.0.0.1:41234`. */
  readonly origin: string;
  /** The site's origin. */
  readonly site: string;
  /** All that the site needs to start, SESSION_SECRET among it. */
  environment(): Record<string, string>;
  /**
   * Signs a person in, through the hosted UI's pages or `directly`. Whoever was signed in there
   * before is replaced.
   */
  signInAs(
    visitor: BrowserPage | CookieJar,
    username: string,
    options?: SignInOptions,
  ): Promise<void>;
  /**
   * Tokens of a person without a sign-in. Claims of yours go over the usual ones, wrong ones too:
   * `{ access: { exp: 1 } }` is expired, and undefined takes a claim out.
   */
  mint(username: string, claims?: ClaimChanges): Promise<MintedTokens>;
  /** Ends everything; hanging requests too. */
  close(): Promise<void>;
}

/** One set of signing keys for all pools of a process, made when the first token is signed. */
const sharedKeys = createKeyRing();

/**
 * Starts a pool for tests on a free port of loopback. It refuses to start where `serveLocalPool`
 * does.
 *
 * @param options the people, where the site is, and any setting of the pool
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
  throw new Error(`The pool has no user "${username}" of a known password; it has ${names}.`);
}
