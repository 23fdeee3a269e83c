import type { User } from '@/lib/cognito';
import { Avatar } from './avatar';
import { SignOutButton } from './sign-out-button';
import styles from './user-menu.module.css';

const ID = 'user-menu';

/**
 * The menu of the signed-in user. It is a popover: the browser opens and closes it without JavaScript, closes it
 * with Escape and with a click elsewhere, and tells screen readers whether it is open.
 */
export function UserMenu({ user }: { user: User }) {
  const name = user.name ?? user.username;
  return (
    <>
      <button type="button" className={styles.opener} popoverTarget={ID}>
        <Avatar user={user} />
        <span className="visually-hidden">Account of </span>
        <span className={styles.name}>{name}</span>
      </button>
      <div id={ID} popover="auto" className={styles.menu}>
        <p className={styles.who}>
          <span className="visually-hidden">Signed in as </span>
          <strong>{name}</strong>
          {user.email === undefined ? null : <span>{user.email}</span>}
        </p>
        <a href="/account" className={styles.item}>
          Account
        </a>
        <SignOutButton className={styles.item} />
      </div>
    </>
  );
}
