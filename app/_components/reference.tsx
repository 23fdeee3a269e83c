import type { Metadata } from 'next';
import { getPageContext, logEvent } from '@/lib/cognito';
import styles from './reference.module.css';

/** The name of this request in the log, for who asks the operator about it. */
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
 * The title of a page that stands in for another, and its line in the log. Next renders such a page
 * beside every other one, for the case that it is needed; for its title it asks only when it shows it.
 *
 * @param title of the page
 * @param happening for the log
 */
export async function refusal(title: string, happening: Refusal): Promise<Metadata> {
  const { reference } = await getPageContext();
  logEvent(happening, reference);
  return { title };
}

type Refusal = Extract<Parameters<typeof logEvent>[0], { type: 'denied' | 'notFound' }>;
