import { Moment } from '@/app/_components/time';
import { LifeBar, TimeLeft } from '@/app/_components/time-left';
import type { TokenLifetime, Visitor } from '@/lib/cognito';
import styles from './token-lifetimes.module.css';

type Lifetimes = (Visitor & { state: 'signed-in' })['lifetimes'];

/**
 * When each of the three tokens expires. The tokens themselves never leave the server.
 *
 * @param props.lifetimes of the three tokens
 * @param props.now in seconds since 1970
 * @param props.brief leaves out what each token is for and its exact times
 */
export function TokenLifetimes(props: { lifetimes: Lifetimes; now: number; brief?: boolean }) {
  const { lifetimes, now, brief } = props;
  return (
    <ul className={styles.lifetimes}>
      <Token kind="id" name="ID token" life={lifetimes.id} now={now} brief={brief}>
        Tells this site who you are.
      </Token>
      <Token kind="access" name="Access token" life={lifetimes.access} now={now} brief={brief}>
        Authorizes API calls on your behalf.
      </Token>
      <Token
        kind="refresh"
        name="Refresh token"
        life={lifetimes.refresh}
        now={now}
        brief={brief}
        atMost
      >
        Gets new ID and access tokens. Cognito doesn’t disclose when it expires; this is an upper
        limit.
      </Token>
    </ul>
  );
}

function Token(props: {
  kind: 'id' | 'access' | 'refresh';
  name: string;
  life: TokenLifetime;
  now: number;
  brief: boolean | undefined;
  atMost?: boolean;
  children: string;
}) {
  const { kind, name, life, now, brief = false, atMost = false, children } = props;
  const { issuedAt, expiresAt } = life;
  return (
    <li data-kind={kind}>
      <h3>{name}</h3>
      <p className={styles.left}>
        {atMost ? 'at most ' : ''}
        <TimeLeft
          until={expiresAt}
          now={now}
          over={
            kind === 'refresh' ? 'expired, sign in again' : 'expired, the next page refreshes it'
          }
        />
      </p>
      <LifeBar from={issuedAt} until={expiresAt} now={now} kind={kind} className={styles.bar} />
      {brief ? null : (
        <>
          <p className={styles.about}>{children}</p>
          <dl>
            <dt>Issued</dt>
            <dd>
              <Moment at={issuedAt} />
            </dd>
            <dt>Expires</dt>
            <dd>
              <Moment at={expiresAt} />
            </dd>
          </dl>
        </>
      )}
    </li>
  );
}
