import { Chapter } from '../chapter';
import type { Evidence } from '../evidence-of';
import { Facts } from '../facts';

/** The callback. It comes through the browser, so an attacker could have crafted it. */
export function Callback({ evidence, done }: { evidence: Evidence; done: boolean }) {
  return (
    <Chapter step="callback" done={done}>
      <p>
        Cognito redirects you back to this site with an authorization code. The code works once, and
        only with the code verifier, so a stolen code is useless. The state must match an attempt
        that this browser started, so a crafted link can’t sign you in as someone else.
      </p>
      <Facts
        facts={[
          { name: 'redirect_uri', value: <code>{evidence.redirectUri}</code> },
          { name: 'code', value: '36 characters, already used' },
          { name: 'state', value: '43 characters, already used', note: 'It matched the cookie.' },
        ]}
      />
    </Chapter>
  );
}
