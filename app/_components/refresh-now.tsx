import { getVisitor } from '@/lib/cognito';
import { CheckIcon, RefreshIcon } from './icons';
import styles from './session.module.css';

/** A refresh is news for so long, in seconds: the time of a redirect and a slow page. */
const JUST_NOW = 10;

/**
 * Refreshes the tokens and comes back to the page. The fragment survives the redirect (RFC 9110,
 * section 10.2.2), so that the browser itself puts the focus on `RefreshedNotice`, without a script.
 */
export function RefreshNow() {
  return (
    <form action="/refresh#refreshed" method="post">
      <button type="submit" className="button">
        <RefreshIcon />
        Refresh now
      </button>
    </form>
  );
}

/**
 * Says that the tokens are new, where they are. It looks at when they arrived and not at who asked:
 * the middleware refreshes by itself, too.
 */
export async function RefreshedNotice() {
  const visitor = await getVisitor();
  if (visitor.state !== 'signed-in' || visitor.refreshedAt === undefined) return null;
  if (Date.now() / 1000 - visitor.refreshedAt > JUST_NOW) return null;
  return (
    <p id="refreshed" tabIndex={-1} role="status" className={styles.refreshed}>
      <CheckIcon /> Your tokens were refreshed just now.
    </p>
  );
}
