import { Chapter } from '../chapter';
import type { Evidence } from '../evidence-of';
import { Facts } from '../facts';
import styles from '../flow.module.css';

const PURPOSES = {
  id: {
    name: 'ID token',
    text: 'tells this site who you are.',
  },
  access: {
    name: 'Access token',
    text: 'authorizes API calls on your behalf.',
  },
  refresh: {
    name: 'Refresh token',
    text: 'gets new ID and access tokens.',
  },
} as const;

/** The code exchange, from server to server. */
export function Tokens({ evidence, done }: { evidence: Evidence; done: boolean }) {
  const { domain, redirectUri, confidential, tokens } = evidence;
  return (
    <Chapter step="tokens" done={done}>
      <p>
        The site sends the code and the code verifier to Cognito, server to server, and receives
        three tokens. Tokens never appear in a URL or a page.
      </p>
      <Facts
        facts={[
          { name: 'POST', value: <code>{domain}/oauth2/token</code> },
          {
            name: 'Authorization',
            value: confidential ? 'Basic, client ID and secret' : 'none',
            note: confidential
              ? 'Proves that this site sent the request.'
              : 'This app client has no secret.',
          },
          { name: 'grant_type', value: <code>authorization_code</code> },
          {
            name: 'redirect_uri',
            value: <code>{redirectUri}</code>,
          },
          {
            name: 'code_verifier',
            value: '43 characters, already used',
            note: 'Its hash must match the code challenge.',
          },
        ]}
      />
      <h3>Response</h3>
      <ul className={styles.tokens}>
        {tokens.map(({ kind, characters, sha256 }) => (
          <li key={kind} className={styles.token} data-kind={kind}>
            <strong>{PURPOSES[kind].name}</strong> {PURPOSES[kind].text}
            <span className={styles.note}>
              {characters.toLocaleString('en')} characters, sha-256 <code>{sha256}…</code>
            </span>
          </li>
        ))}
      </ul>
    </Chapter>
  );
}
