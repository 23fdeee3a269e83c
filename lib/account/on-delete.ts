import type { User } from '@/lib/cognito';
import { noteStore } from '@/lib/notes/store';

/**
 * Called before a user's account is deleted from the user pool: delete what you store about them, by `user.sub`. It
 * may be called again if the user pool doesn't respond.
 *
 * @param user who wants to leave
 * @returns why the account can't be deleted now, in words for the user; undefined to delete it
 */
export async function beforeDelete(user: User): Promise<string | undefined> {
  const store = noteStore();
  for (const note of await store.list(user.sub)) await store.remove(user.sub, note.id);
  return undefined;
}
