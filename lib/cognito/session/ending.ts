import type { CookieJar } from 'iron-session';
import type { CognitoConfig } from '../config/parse-config';
import { lastActivity } from './idle-timeout';

/** The last part of a session's life in which its end is said, at most: ten minutes, in seconds. */
const SAID_AHEAD = 600;

/** When a session is over, in seconds since 1970, whatever happens to its tokens. */
export interface SessionEnd {
  readonly endsAt: number;
  /** `idle` ends only who does nothing; `lifetime` takes a new sign-in. */
  readonly endsBy: 'lifetime' | 'idle';
  /** From here on the person should be told. */
  readonly endsSoonFrom: number;
}

/**
 * When a session will be over: by its lifetime, or earlier if nobody is here any more.
 *
 * @param config `sessionLifetime` and `sessionIdle`, in seconds
 * @param jar the request's cookies, as the middleware has left them
 * @param session as it is now
 * @returns the end that comes first
 */
export async function sessionEnd(
  config: CognitoConfig,
  jar: CookieJar,
  session: { signedInAt: number; receivedAt: number },
): Promise<SessionEnd> {
  const byLifetime = session.signedInAt + config.sessionLifetime;
  const idle = config.sessionIdle;
  if (idle !== undefined) {
    const byIdle = (await lastActivity(config, jar, session)) + idle;
    if (byIdle < byLifetime) return end(byIdle, 'idle', idle);
  }
  return end(byLifetime, 'lifetime', config.sessionLifetime);
}

function end(endsAt: number, endsBy: SessionEnd['endsBy'], life: number): SessionEnd {
  return { endsAt, endsBy, endsSoonFrom: endsAt - Math.min(SAID_AHEAD, life / 10) };
}
