import type { User } from '@/lib/cognito';
import { externalOrigins } from '@/lib/external-origins';
import styles from './avatar.module.css';

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
