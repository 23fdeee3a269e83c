import type { People } from '@/lib/local-pool/src/testing';
import { createJar, type Jar, startLocalPool } from './local-pool';
import { freePort, startServer } from './site';

/** A response, read to its end. Redirects are not followed. */
export interface Opened {
  readonly status: number;
  /** The body, without the comments that React puts between texts. */
  readonly text: string;
  /** The `Location` header; empty if there is none. */
  readonly location: string;
  readonly headers: Headers;
}

/** The built site and its local pool, for the tests of one file. */
export interface TestSite {
  readonly pool: Awaited<ReturnType<typeof startLocalPool>>;
  /**
   * Opens a page or route.
   *
   * @param path of the site
   * @param username signs this user in the first time; without it, the visitor is signed out
   * @param request method, headers and body; a body makes it a POST from the site's own pages
   */
  open(path: string, username?: string, request?: Parameters<Jar['fetch']>[1]): Promise<Opened>;
  close(): Promise<void>;
}

/**
 * Starts the built site (run `npm run build` first) and a local pool. Call it once for each test file.
 *
 * @param users by username, such as `{ alice: { groups: ['admin'] }, bob: {} }`
 * @param env more variables of the site
 */
export async function startTestSite(
  users: People,
  env: Readonly<Record<string, string>> = {},
): Promise<TestSite> {
  const port = await freePort();
  const pool = await startLocalPool({ site: `http://localhost:${port}`, users });
  const server = await startServer(port, { ...pool.environment(), ...env });
  const jars = new Map<string, Promise<Jar>>();

  async function signIn(username: string): Promise<Jar> {
    const jar = createJar(pool.site);
    await pool.signInAs(jar, username, { directly: true });
    return jar;
  }

  return {
    pool,
    async open(path, username, request) {
      if (username && !jars.has(username)) jars.set(username, signIn(username));
      const jar = (username && (await jars.get(username))) || createJar(pool.site);
      const { status, headers, ...answer } = await read(await jar.fetch(path, request));
      return { status, headers, ...answer, location: headers.get('location') ?? '' };
    },
    close: async () => {
      await Promise.all([server.close(), pool.close()]);
    },
  };
}

async function read(response: Response) {
  const text = (await response.text()).replaceAll('<!-- -->', '');
  return { status: response.status, headers: response.headers, text };
}
