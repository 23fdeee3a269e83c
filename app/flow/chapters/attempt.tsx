import { Chapter } from '../chapter';
import type { Evidence } from '../evidence-of';
import { Facts } from '../facts';
import styles from '../flow.module.css';

/** The authorize URL, parameter by parameter. */
export function Attempt({ evidence, done }: { evidence: Evidence; done: boolean }) {
  const { endpoint, parameters } = evidence.authorize;
  return (
    <Chapter step="attempt" done={done}>
      <p>
        Before it sends you away, the site makes up three random values and remembers them in a
        sealed cookie, one for each tab, for an hour. They are how it will know its own sign-in when
        you come back: a <strong>state</strong> that must return with you, a <strong>nonce</strong>{' '}
        that must return inside the ID token, and a <strong>code verifier</strong> that never leaves
        the site; only its hash goes along.
      </p>
      <p>Then it answers with a redirect. This is the address, taken apart:</p>
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
