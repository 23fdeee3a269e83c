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
        The site starts an attempt with three secrets. The <strong>state</strong> is the encrypted
        attempt itself. The <strong>nonce</strong> and the <strong>code verifier</strong> are
        derived from a random key that only your browser keeps, in a cookie. Then the site redirects
        you to the hosted UI, at this URL:
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
