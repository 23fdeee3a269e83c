import type { User } from '@/lib/cognito';
import { CopyButton } from '../_components/copy-button';
import styles from './profile.module.css';

/** Who somebody is: name, e-mail address, groups, and the one value to know them by. */
export function PersonHead({ user }: { user: User }) {
  const name = user.name ?? user.username;
  return (
    <div className={styles.head}>
      <p className={styles.avatar} aria-hidden="true">
        {initials(name)}
      </p>
      <div>
        <h1>{name}</h1>
        <p className={styles.mail}>
          {user.email ?? 'No e-mail address'}{' '}
          {user.email === undefined ? null : user.emailVerified ? (
            <span className="tag">verified</span>
          ) : (
            <span className={`tag ${styles.unverified}`}>not verified</span>
          )}
        </p>
        <Groups groups={user.groups} />
        <p className={styles.sub}>
          Your <code>sub</code> <code id="sub">{user.sub}</code>{' '}
          <CopyButton from="sub" what="your sub" />
        </p>
      </div>
    </div>
  );
}

function Groups({ groups }: { groups: readonly string[] }) {
  if (groups.length === 0) {
    return (
      <p className={styles.text}>
        Member of no group. The <a href="/admin">admin page</a> will refuse you; try it.
      </p>
    );
  }
  return (
    <div className={styles.groups}>
      <p id="groups">Member of</p>
      <ul aria-labelledby="groups">
        {groups.map((group) => (
          <li key={group} className={styles.group}>
            {group}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The first letters of the first and the last word, as people are greeted by a badge. */
function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0] ?? '',
  );
  return letters.join('').toUpperCase();
}
