import type { Controls } from '../controls';
import type { PoolState } from '../state';
import type { Account } from '../users';
import { counted, duration } from './durations';
import { livingSignIns } from './sign-ins';

/** Lives of ID and access tokens that the panel offers, in seconds. */
export const TOKEN_LIVES = [30, 300, 3600];

/** Lengths of an outage, in seconds: the longer one outlasts tokens of 30 seconds. */
export const OUTAGES = [30, 120];

/**
 * Does what a form of the panel asks for.
 *
 * @param pool the pool
 * @param controls of the same pool
 * @param form `do`, and what it needs: `seconds` or `user`
 * @returns one sentence that says what was done, or null for what the panel does not offer; then
 *   nothing has changed
 */
export async function act(
  pool: PoolState,
  controls: Controls,
  form: URLSearchParams,
): Promise<string | null> {
  const what = form.get('do') ?? '';
  const seconds = Number(form.get('seconds'));
  switch (what) {
    case 'lives':
      if (!TOKEN_LIVES.includes(seconds)) return null;
      controls.setLifetimes({ access: seconds, id: seconds });
      return `New ID and access tokens live ${duration(seconds)}. Those that were given out before keep their own time.`;
    case 'keys':
      await controls.rotateKeys();
      return 'The pool has new signing keys, and its key set has no others.';
    case 'outage':
    case 'silence': {
      if (!OUTAGES.includes(seconds)) return null;
      const silent = what === 'silence';
      controls.outage({ seconds, silent });
      const how = silent ? 'do not answer' : 'answer 503';
      return `The outage is on: for ${duration(seconds)} the endpoints ${how}.`;
    }
    case 'mend':
      controls.outage(null);
      return 'The outage is over: all endpoints answer again.';
  }
  const account = pool.users.find(form.get('user') ?? '');
  return account ? actOn(pool, controls, what, account) : null;
}

function actOn(
  pool: PoolState,
  controls: Controls,
  what: string,
  { username }: Account,
): string | null {
  const ended = counted(livingSignIns(pool, username), 'sign-in');
  switch (what) {
    case 'revoke':
      controls.revokeAll(username);
      return `The refresh tokens of ${username} are revoked: ${ended} ended.`;
    case 'sign-out':
      controls.signOutGlobally(username);
      return `${username} is signed out globally: ${ended} ended.`;
    case 'disable':
      controls.disable(username);
      return `${username} is disabled.`;
    case 'enable':
      controls.enable(username);
      return `${username} is enabled again.`;
    default:
      return null;
  }
}
