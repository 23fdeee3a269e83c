import type { Controls } from '../controls';
import type { PoolState } from '../state';
import type { Account } from '../users';
import { counted, duration } from './durations';
import { activeSignIns } from './sign-ins';

/** The lifetimes of ID and access tokens that the panel offers, in seconds. */
export const TOKEN_LIFETIMES = [30, 300, 3600];

/** Durations of an outage, in seconds. The longer one outlasts a token lifetime of 30 seconds. */
export const OUTAGES = [30, 120];

/**
 * Runs the action that a form of the panel requests.
 *
 * @param pool the pool
 * @param controls the controls of the same pool
 * @param form `do`, and its argument: `seconds` or `user`
 * @returns what was done, for the user to read; null if the panel doesn't offer this action, which
 *   changes nothing
 */
export async function act(
  pool: PoolState,
  controls: Controls,
  form: URLSearchParams,
): Promise<string | null> {
  const what = form.get('do') ?? '';
  const seconds = Number(form.get('seconds'));
  switch (what) {
    case 'lifetimes':
      if (!TOKEN_LIFETIMES.includes(seconds)) return null;
      controls.setLifetimes({ access: seconds, id: seconds });
      return `New ID and access tokens are valid for ${duration(seconds)}. Existing tokens keep their lifetime.`;
    case 'keys':
      await controls.rotateKeys();
      return 'The pool has new signing keys. The JWKS no longer contains the old ones.';
    case 'outage':
    case 'silence': {
      if (!OUTAGES.includes(seconds)) return null;
      const silent = what === 'silence';
      controls.outage({ seconds, silent });
      const how = silent ? 'don’t respond' : 'return 503';
      return `The outage has started: for ${duration(seconds)} the endpoints ${how}.`;
    }
    case 'end-outage':
      controls.outage(null);
      return 'The outage has ended. All endpoints work again.';
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
  const sessions = counted(activeSignIns(pool, username), 'session');
  switch (what) {
    case 'revoke':
      controls.revokeAll(username);
      return `All refresh tokens of ${username} are revoked (${sessions}).`;
    case 'sign-out':
      controls.signOutGlobally(username);
      return `${username} is signed out globally (${sessions}).`;
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
