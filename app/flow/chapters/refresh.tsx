import { RefreshedNotice, RefreshNow } from '../../_components/refresh-now';
import { Moment, timeLeft } from '../../_components/time';
import { TokenLives } from '../../_components/token-lives';
import { Chapter } from '../chapter';
import type { Evidence } from '../evidence-of';
import { Facts } from '../facts';
import styles from '../flow.module.css';

/** An hour later: new tokens, and nobody notices. */
export function Refresh({ evidence, done }: { evidence: Evidence; done: boolean }) {
  const { example, now, receivedAt, refreshed, refreshDueAt, endsAt } = evidence;
  const [id, access, refresh] = evidence.tokens;
  return (
    <Chapter step="refresh" done={done}>
      <p>
        The ID token and the access token live for an hour, so that a stolen one is soon worthless.
        Shortly before, the middleware trades the refresh token for new ones, within the request
        that you make anyway, and the page already sees them. If many requests come at once, one of
        them refreshes and all have the result. After some weeks the refresh token ends too, and you
        sign in again.
      </p>
      <Facts
        facts={[
          {
            name: refreshed ? 'last refresh' : 'sign-in',
            value: <Moment at={receivedAt} />,
            note: refreshed ? 'These tokens came by a refresh.' : 'Not refreshed since.',
          },
          {
            name: 'next refresh',
            value: `in ${timeLeft(refreshDueAt, now)}`,
            note: 'With the first request after that: when less than a tenth of their life, or a minute, is left.',
          },
          {
            name: 'sign in again',
            value: `in ${timeLeft(endsAt, now)}`,
            note: 'At the latest: the refresh token itself does not say when it ends.',
          },
        ]}
      />
      <TokenLives lives={{ id, access, refresh }} now={now} />
      {example ? null : (
        <div className={styles.act}>
          <RefreshedNotice path="/flow" />
          <RefreshNow />
        </div>
      )}
    </Chapter>
  );
}
