import { headers } from 'next/headers';
import { getSite, getVisitor } from '@/lib/cognito';
import { refererPath } from '@/lib/cognito/session/return-to';
import { CheckIcon, RefreshIcon } from './icons';
import styles from './session.module.css';

/** A refresh is news for so long, in seconds: the time of a redirect and a slow page. */
const JUST_NOW = 10;

/** Read out at once, with or without scripts: it is what the person has just asked for. */
const FOCUSED = { autoFocus: true, tabIndex: -1 };

/** Refreshes the tokens and comes back to the page, where `RefreshedNotice` takes the focus. */
export function RefreshNow() {
  return (
    <form action="/refresh" method="post">
      <button type="submit" className="button">
        <RefreshIcon />
        Refresh now
      </button>
    </form>
  );
}

/**
 * Says that the tokens are new, to who has just asked for it on this page: whose request comes from the
 * page itself. The middleware refreshes silently, too, and that is no news.
 *
 * @param path of the page
 */
export async function RefreshedNotice({ path }: { path: string }) {
  const visitor = await getVisitor();
  const site = getSite();
  if (!site.ok || visitor.state !== 'signed-in' || visitor.refreshedAt === undefined) return null;
  if (Date.now() / 1000 - visitor.refreshedAt > JUST_NOW) return null;
  const from = refererPath((await headers()).get('referer'), site.config.origin);
  if (from.split('?')[0] !== path) return null;
  return (
    <p role="status" className={styles.refreshed} {...FOCUSED}>
      <CheckIcon /> Your tokens were refreshed just now.
    </p>
  );
}
