import { Chapter } from '../chapter';
import type { Evidence } from '../evidence-of';
import styles from '../flow.module.css';

const EXAMPLE = `const user = await requireUser();
return <h1>Welcome, {user.name}</h1>;`;

/** The purpose of the flow: the page gets the signed-in user. */
export function PageReads({ evidence, done }: { evidence: Evidence; done: boolean }) {
  const claim = (name: string) =>
    evidence.tokens[0].claims?.find((shown) => shown.claim === name)?.value;
  return (
    <Chapter step="page" done={done}>
      <p>
        The site redirects you to the page that you requested. One line gets the user, and verifies
        both tokens again instead of trusting the middleware:
      </p>
      <pre className={styles.snippet}>
        <code>{EXAMPLE}</code>
      </pre>
      <p>
        The result: <strong>{claim('name') ?? claim('cognito:username')}</strong>
        {claim('cognito:groups') ? (
          <>
            , in the groups <code>{claim('cognito:groups')}</code>
          </>
        ) : null}
        .
      </p>
    </Chapter>
  );
}
