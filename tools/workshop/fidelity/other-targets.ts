import { controlOf } from './control';
import { openTarget, type Target } from './target';

/**
 * The same local pool as another app client sees it.
 *
 * @param target a local one; the other client has its URLs and scopes
 */
export function anotherClient(target: Target): Target {
  const { clients } = controlOf(target).settings;
  const other = clients.find(({ clientId }) => clientId !== target.clientId);
  if (!other) throw new Error('The local pool has no other app client.');
  const { clientId, clientSecret } = other;
  return openTarget({ ...target, clientId, clientSecret });
}

/**
 * The same local pool with another person in another browser.
 *
 * @param target a local one
 * @param username as seeded; one that the pool has not is an error
 */
export function anotherPerson(target: Target, username: string): Target {
  const { users } = controlOf(target).settings;
  const other = users.find((user) => user.username === username);
  if (other?.password === undefined) {
    throw new Error(`The local pool has no user "${username}" with a password.`);
  }
  return openTarget({ ...target, username, password: other.password });
}
