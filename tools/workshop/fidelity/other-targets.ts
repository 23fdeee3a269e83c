import type { LocalPoolSettings } from '@/lib/local-pool/src/settings';
import { controlOf } from './control';
import { localTarget } from './local-target';
import { openTarget, type Target } from './target';

/**
 * The same local pool with another app client.
 *
 * @param target a local pool; the other client has the same URLs and scopes
 */
export function anotherClient(target: Target): Target {
  const { clients } = controlOf(target).settings;
  const other = clients.find(({ clientId }) => clientId !== target.clientId);
  if (!other) throw new Error('The local pool has no other app client.');
  const { clientId, clientSecret } = other;
  return openTarget({ ...target, clientId, clientSecret });
}

/**
 * The same local pool with another user in another browser.
 *
 * @param target a local pool
 * @param username a seeded user; throws if the pool does not have it
 */
export function anotherPerson(target: Target, username: string): Target {
  const { users } = controlOf(target).settings;
  const other = users.find((user) => user.username === username);
  if (other?.password === undefined) {
    throw new Error(`The local pool has no user "${username}" with a password.`);
  }
  return openTarget({ ...target, username, password: other.password });
}

/**
 * A new local pool, with settings that its controls cannot change.
 *
 * @param target a local pool with the same kind of app client
 * @param more the settings
 */
export async function withSettings(
  target: Target,
  more: Partial<LocalPoolSettings>,
): Promise<Target> {
  const kind = target.clientSecret === undefined ? 'public' : 'confidential';
  return await localTarget({ traits: [] }, kind, more);
}
