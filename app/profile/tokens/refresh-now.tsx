import { headers } from 'next/headers';
import { CheckIcon, RefreshIcon } from '@/app/_components/icons';
import { getSite, getVisitor } from '@/lib/cognito';
import { refererPath } from '@/lib/cognito/session/return-to';
import styles from './tokens.module.css';

/** How recent a refresh must be to announce it, in seconds: enough for a redirect and a slow page. */
const JUST_NOW = 10;

/** Makes screen readers announce the result immediately, even without JavaScript. */
const FOCUSED = { autoFocus: true, tabIndex: -1 };

/** A button that refreshes the tokens and returns to the page, where `RefreshedNotice` gets the focus. */
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
 * Announces a refresh that the visitor has just requested on this page: its `Referer` is the page itself.
 * Automatic refreshes by the middleware aren't announced.
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
