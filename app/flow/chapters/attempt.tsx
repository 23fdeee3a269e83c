import { Chapter } from '../chapter';
import type { Evidence } from '../evidence-of';
import { Facts } from '../facts';
import styles from '../flow.module.css';

/** The authorize URL and its parameters. */
export function Attempt({ evidence, done }: { evidence: Evidence; done: boolean }) {
  const { endpoint, parameters } = evidence.authorize;
  return (
    <Chapter step="attempt" done={done}>
      <p>
        The site generates three random values for this attempt and keeps them in an encrypted
        cookie: the <strong>state</strong>, the <strong>nonce</strong> and the{' '}
        <strong>code verifier</strong>. Then it redirects you to the hosted UI, at this URL:
      </p>
      <p className={styles.address}>
        <code>{endpoint}?</code>
      </p>
      <Facts
        facts={parameters.map(({ name, shown, note }) => ({
          name,
          value: <code>{shown}</code>,
          note,
        }))}
      />
    </Chapter>
  );
}
