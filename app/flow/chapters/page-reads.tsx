import { Chapter } from '../chapter';
import type { Evidence } from '../evidence-of';
import styles from '../flow.module.css';

const EXAMPLE = `const user = await requireUser();
return <h1>Welcome, {user.name}</h1>;`;

/** What all of it is for: a page asks who is there. */
export function PageReads({ evidence, done }: { evidence: Evidence; done: boolean }) {
  const claim = (name: string) =>
    evidence.tokens[0].claims?.find((shown) => shown.claim === name)?.value;
  return (
    <Chapter step="page" done={done}>
      <p>
        You are sent to the page that you had asked for in the first place, and your browser brings
        the session along. Pages ask for the person in one line. It opens the cookie and verifies
        both tokens itself: it does not trust the middleware to have done so. A cookie that it has
        opened lately is known again, and then only what time can change is looked at.
      </p>
      <pre className={styles.snippet}>
        <code>{EXAMPLE}</code>
      </pre>
      <p>
        Here that gives <strong>{claim('name') ?? claim('cognito:username')}</strong>
        {claim('cognito:groups') ? (
          <>
            , a member of <code>{claim('cognito:groups')}</code>
          </>
        ) : null}
        . The tokens themselves never reach the page.
      </p>
    </Chapter>
  );
}
