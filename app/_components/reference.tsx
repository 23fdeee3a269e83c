import type { Metadata } from 'next';
import { getPageContext, logEvent } from '@/lib/cognito';
import styles from './reference.module.css';

/** The request's reference, as in the log. Visitors can quote it to the site operator. */
export async function Reference() {
  const { reference } = await getPageContext();
  if (reference === undefined) return null;
  return (
    <p className={styles.reference}>
      Reference: <code>{reference}</code>
    </p>
  );
}

/**
 * Returns the title of an error page and logs the refusal. It belongs in `generateMetadata`: Next renders
 * error pages along with every page, in case it needs them, but requests their metadata only to show them.
 *
 * @param title of the page
 * @param happening the event to log
 */
export async function refusal(title: string, happening: Refusal): Promise<Metadata> {
  const { reference } = await getPageContext();
  logEvent(happening, reference);
  return { title };
}

type Refusal = Extract<Parameters<typeof logEvent>[0], { type: 'denied' | 'notFound' }>;
