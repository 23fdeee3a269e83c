import { Moment } from '@/app/_components/time';
import type { User } from '@/lib/cognito';
import { groupClaims } from './claim-groups';
import styles from './tokens.module.css';

/** Claims that are times, in seconds since 1970. */
const TIMES = ['auth_time', 'iat', 'nbf', 'exp', 'updated_at'];

/** A table of all claims in the verified ID token, grouped by their meaning. */
export function Claims({ claims }: { claims: User['claims'] }) {
  return (
    <table className={`wide ${styles.claims}`}>
      <caption>Verified claims of your ID token</caption>
      <thead>
        <tr>
          <th scope="col">Claim</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      {groupClaims(claims).map((group) => (
        <tbody key={group.title}>
          <tr>
            <th scope="rowgroup" colSpan={2} className={styles.groupTitle}>
              {group.title}
            </th>
          </tr>
          {group.claims.map(([claim, value]) => (
            <tr key={claim}>
              <th scope="row">
                <code>{claim}</code>
              </th>
              <td>
                {typeof value === 'string' ? value : JSON.stringify(value)}
                {TIMES.includes(claim) && isTime(value) ? (
                  <span className={styles.moment}>
                    {' '}
                    <Moment at={value} />
                  </span>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** Whether a value is a number of seconds that `Date` can represent. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < 1e11;
}
