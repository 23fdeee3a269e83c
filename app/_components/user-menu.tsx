import type { User } from '@/lib/cognito';
import { externalOrigins } from '@/lib/external-origins';
import styles from './session.module.css';

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

/**
 * The user's picture if the page may load it, over the initials of their name. Screen readers skip it,
 * because the name is beside it. The host of the picture doesn't learn which page shows it.
 */
export function Avatar({ user, large = false }: { user: User; large?: boolean }) {
  const { picture } = user.claims;
  return (
    <span className={large ? `${styles.avatar} ${styles.large}` : styles.avatar} aria-hidden="true">
      {initials(user.name ?? user.username)}
      {isAllowed(picture) ? (
        <img className={styles.picture} src={picture} alt="" referrerPolicy="no-referrer" />
      ) : null}
    </span>
  );
}

/** The first letters of the first and the last word. */
function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0] ?? '',
  );
  return letters.join('').toUpperCase();
}

/** Whether `lib/external-origins.js` lists the origin of an image. A user may choose any address. */
function isAllowed(picture: unknown): picture is string {
  if (typeof picture !== 'string' || !URL.canParse(picture)) return false;
  const { origin } = new URL(picture);
  return externalOrigins['img-src'].some((allowed) => {
    const [start = '', end] = allowed.split('*');
    return end === undefined
      ? origin === allowed
      : origin.startsWith(start) && origin.endsWith(end);
  });
}

/**
 * A form, so that sign-out is a full page load and works without JavaScript.
 *
 * @param props.everywhere signs out on all devices
 * @param props.className replaces the look of a button
 */
export function SignOutButton(props: {
  everywhere?: boolean;
  label?: string;
  className?: string | undefined;
}) {
  const { everywhere = false, className = 'button quiet' } = props;
  const { label = everywhere ? 'Sign out everywhere' : 'Sign out' } = props;
  return (
    <form action="/logout" method="post">
      <button
        type="submit"
        className={className}
        {...(everywhere ? { name: 'everywhere', value: 'yes' } : {})}
      >
        {label}
      </button>
    </form>
  );
}
