import type { TokenLifetime, Visitor } from '@/lib/cognito';
import { Moment } from './time';
import { LifeBar, TimeLeft } from './time-left';
import styles from './token-lives.module.css';

type Lives = (Visitor & { state: 'signed-in' })['lifetimes'];

/**
 * How long the three tokens live; the tokens themselves never leave the server.
 *
 * @param lives of the three
 * @param now in seconds since 1970
 */
export function TokenLives({ lives, now }: { lives: Lives; now: number }) {
  return (
    <ul className={styles.lives}>
      <Token kind="id" name="ID token" life={lives.id} now={now}>
        Says who you are, to this site alone.
      </Token>
      <Token kind="access" name="Access token" life={lives.access} now={now}>
        Opens APIs on your behalf.
      </Token>
      <Token kind="refresh" name="Refresh token" life={lives.refresh} now={now} atMost>
        Brings the next two. It tells nobody when it ends: this is our bound.
      </Token>
    </ul>
  );
}

function Token(props: {
  kind: 'id' | 'access' | 'refresh';
  name: string;
  life: TokenLifetime;
  now: number;
  atMost?: boolean;
  children: string;
}) {
  const { kind, name, life, now, atMost = false, children } = props;
  const { issuedAt, expiresAt } = life;
  return (
    <li data-kind={kind}>
      <h3>{name}</h3>
      <p className={styles.left}>
        {atMost ? 'at most ' : ''}
        <TimeLeft
          until={expiresAt}
          now={now}
          over={kind === 'refresh' ? 'over, sign in again' : 'over, the next page refreshes it'}
        />
      </p>
      <LifeBar from={issuedAt} until={expiresAt} now={now} kind={kind} className={styles.bar} />
      <p className={styles.about}>{children}</p>
      <dl>
        <dt>Issued</dt>
        <dd>
          <Moment at={issuedAt} />
        </dd>
        <dt>Ends</dt>
        <dd>
          <Moment at={expiresAt} />
        </dd>
      </dl>
    </li>
  );
}
