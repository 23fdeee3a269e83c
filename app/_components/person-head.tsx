import type { User } from '@/lib/cognito';
import { CopyButton } from './copy-button';
import styles from './person-head.module.css';
import { Avatar } from './user-menu';

/** The user's name, email address, groups and `sub`, the ID that never changes. */
export function PersonHead({ user }: { user: User }) {
  const name = user.name ?? user.username;
  return (
    <div className={styles.head}>
      <Avatar user={user} large />
      <div>
        <h1>{name}</h1>
        <p className={styles.mail}>
          {user.email ?? 'No email address'}{' '}
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
        You are not in any groups. Try the <a href="/admin">admin page</a>: it will deny access.
      </p>
    );
  }
  return (
    <div className={styles.groups}>
      <p id="groups">Groups</p>
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
