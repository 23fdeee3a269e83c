import { Moment, timeLeft } from '@/app/_components/time';
import { RefreshedNotice, RefreshNow } from '@/app/profile/tokens/refresh-now';
import { TokenLifetimes } from '@/app/profile/tokens/token-lifetimes';
import { Chapter } from '../chapter';
import type { Evidence } from '../evidence-of';
import { Facts } from '../facts';
import styles from '../flow.module.css';

/** New tokens before the old ones expire. */
export function Refresh({ evidence, done }: { evidence: Evidence; done: boolean }) {
  const { example, now, receivedAt, refreshed, refreshDueAt } = evidence;
  const [id, access, refresh] = evidence.tokens;
  return (
    <Chapter step="refresh" done={done}>
      <p>
        ID and access tokens are short-lived, so a stolen one is of little use. Before they expire,
        the middleware uses the refresh token to get new ones, during one of your requests. When the
        refresh token expires, you sign in again.
      </p>
      <Facts
        facts={[
          ...(refreshed
            ? [
                {
                  name: 'last refresh',
                  value: <Moment at={receivedAt} />,
                  note: 'These tokens are from a refresh.',
                },
              ]
            : []),
          {
            name: 'next refresh',
            value: `in ${timeLeft(refreshDueAt, now)}`,
            note: 'With your first request after that.',
          },
        ]}
      />
      <TokenLifetimes lifetimes={{ id, access, refresh }} now={now} brief />
      {example ? null : (
        <div className={styles.act}>
          <RefreshedNotice path="/flow" />
          <RefreshNow />
        </div>
      )}
    </Chapter>
  );
}
