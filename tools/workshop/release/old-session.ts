import { parseConfig } from '../../../lib/cognito/config/parse-config';
import { openJar } from '../../../lib/cognito/session/cookies';
import { createSessionStore } from '../../../lib/cognito/session/session-store';
import { startLocalPool } from '../../../lib/local-pool/src/testing';

/** A session as a release has sealed it. Its secret, its tokens and its user exist in tests only. */
export interface OldSession {
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds since 1970. */
  readonly sealedAt: number;
  readonly cookies: Readonly<Record<string, string>>;
  readonly refreshToken: string;
}

/** iron-session checks the age of a seal by the real clock. In seconds. */
const TEN_YEARS = 3650 * 86_400;

/**
 * Opens a session that a release has sealed, with the present code.
 *
 * @param old what `sealNow` of that release returned
 * @returns its refresh token, or undefined if the present code reads no session
 */
export async function openOld(old: OldSession): Promise<string | undefined> {
  const session = await storeOf(old.environment, old.sealedAt + 60).read(jarOf(old.cookies));
  return session?.refreshToken;
}

/** Seals a session of the local pool's alice, with the present code. */
export async function sealNow(): Promise<OldSession> {
  const pool = await startLocalPool({ users: { alice: { groups: ['admin'] } } });
  const tokens = await pool.mint('alice');
  const environment = pool.environment();
  await pool.close();
  const now = Math.floor(Date.now() / 1000);
  const jar = jarOf({});
  await storeOf(environment, now).write(jar, { ...tokens, signedInAt: now, receivedAt: now });
  const cookies = Object.fromEntries(jar.written.map(({ name, value }) => [name, value]));
  return { environment, sealedAt: now, cookies, refreshToken: tokens.refreshToken };
}

function storeOf(environment: Readonly<Record<string, string>>, now: number) {
  const parsed = parseConfig(environment);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ problem }) => problem).join('; '));
  return createSessionStore({ ...parsed.config, sessionLifetime: TEN_YEARS }, () => now);
}

function jarOf(cookies: Readonly<Record<string, string>>) {
  return openJar({
    get: (name) => {
      const value = cookies[name];
      return value === undefined ? undefined : { value };
    },
    getAll: () => Object.keys(cookies).map((name) => ({ name })),
  });
}
