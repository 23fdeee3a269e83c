import { CheckIcon } from '@/app/_components/icons';
import { Chapter } from '../chapter';
import type { Check } from '../checks';
import type { Evidence } from '../evidence-of';
import { Facts } from '../facts';
import styles from '../flow.module.css';
import type { TokenEvidence } from '../token-evidence';

/** The claims of both tokens, and the checks that they passed. */
export function Verify({ evidence, done }: { evidence: Evidence; done: boolean }) {
  const [id, access] = evidence.tokens;
  const of = (token: Check['token']) => evidence.checks.filter((check) => check.token === token);
  return (
    <Chapter step="verify" done={done}>
      <p>
        ID and access tokens are signed text: anyone can read them, but only the user pool can sign
        them. The site checks both signatures with the user pool’s public keys.
      </p>
      <div className={styles.pair}>
        <Token token={id} title="ID token" checks={of('id')} />
        <Token token={access} title="Access token" checks={of('access')} />
      </div>
      <h3>Both tokens</h3>
      <Checks checks={of('both')} />
    </Chapter>
  );
}

function Token(props: { token: TokenEvidence; title: string; checks: readonly Check[] }) {
  const { token, title, checks } = props;
  const claims = token.claims ?? [];
  return (
    <div className={styles.token} data-kind={token.kind}>
      <h3>{title}</h3>
      <p className={styles.note}>
        Header:{' '}
        {Object.entries(token.header ?? {}).map(([name, value]) => (
          <code key={name} className={styles.member}>
            {name} {value}
          </code>
        ))}
      </p>
      <Checks checks={checks} />
      <details className={styles.details}>
        <summary>
          All {claims.length} claims of the {title}
        </summary>
        <Facts
          facts={claims.map(({ claim, value, note }) => ({
            name: claim,
            value: <code>{value}</code>,
            ...(note === undefined ? {} : { note }),
          }))}
        />
      </details>
    </div>
  );
}

function Checks({ checks }: { checks: readonly Check[] }) {
  return (
    <ul className={styles.checks}>
      {checks.map(({ name, compares, expected, found, when, milliseconds }) => (
        <li key={name}>
          <CheckIcon />
          <div>
            <code>{name}</code> {compares}
            {milliseconds === undefined ? '' : `, checked in ${milliseconds.toFixed(1)} ms`}
            <span className={styles.note}>
              <code>{name === 'signature' ? expected : found}</code>
              {when === 'this request' ? '' : ` (at the ${when})`}
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}
