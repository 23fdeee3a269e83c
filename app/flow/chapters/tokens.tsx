import { Chapter } from '../chapter';
import type { Evidence } from '../evidence-of';
import { Facts } from '../facts';
import styles from '../flow.module.css';

const PURPOSES = {
  id: {
    name: 'ID token',
    text: 'says who you are. It is meant for this site, which reads it and shows it to nobody.',
  },
  access: {
    name: 'Access token',
    text: 'says what may be done in your name. It is meant for APIs, which take it instead of a password.',
  },
  refresh: {
    name: 'Refresh token',
    text: 'gets new ones of the other two. It is encrypted: nobody but the user pool can read it.',
  },
} as const;

/** The exchange, server to server, out of the browser’s sight. */
export function Tokens({ evidence, done }: { evidence: Evidence; done: boolean }) {
  const { domain, redirectUri, confidential, tokens } = evidence;
  return (
    <Chapter step="tokens" done={done}>
      <p>
        Now the site itself calls Cognito, server to server. It trades the code and the code
        verifier for three tokens. No token has been in an address or in a page, and none ever will
        be.
      </p>
      <Facts
        facts={[
          { name: 'POST', value: <code>{domain}/oauth2/token</code> },
          {
            name: 'Authorization',
            value: confidential ? 'Basic, client id and secret' : 'none',
            note: confidential
              ? 'The app client has a secret, which proves that it is this site that asks.'
              : 'A public app client: the code verifier alone proves that it is the one who started.',
          },
          { name: 'grant_type', value: <code>authorization_code</code> },
          {
            name: 'redirect_uri',
            value: <code>{redirectUri}</code>,
            note: 'Once more, to be compared.',
          },
          {
            name: 'code_verifier',
            value: '43 characters, used up',
            note: 'Its SHA-256 has to be the challenge that was in the authorize URL.',
          },
        ]}
      />
      <h3>The answer</h3>
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
