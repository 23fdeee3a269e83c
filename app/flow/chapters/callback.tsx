import { Chapter } from '../chapter';
import type { Evidence } from '../evidence-of';
import { Facts } from '../facts';

/** The way back, which goes through the browser and so can be tampered with. */
export function Callback({ evidence, done }: { evidence: Evidence; done: boolean }) {
  return (
    <Chapter step="callback" done={done}>
      <p>
        The hosted UI sends your browser back to the one address that is registered for this app
        client, with an authorization code. The code is no key: it works once, for minutes, and only
        together with the code verifier, which a thief of the address does not have.
      </p>
      <p>
        The way back leads through the browser, so anybody could have written this address, for
        example to sign you in as somebody else. That is why the state has to match the sealed
        cookie of an attempt that this very browser started, and why the cookie is used once.
      </p>
      <Facts
        facts={[
          { name: 'redirect_uri', value: <code>{evidence.redirectUri}</code> },
          {
            name: 'code',
            value: '36 characters, used up',
            note: 'A second use is refused.',
          },
          {
            name: 'state',
            value: '43 characters, used up',
            note: 'It was the same as in the cookie of the attempt, or you would not be here.',
          },
        ]}
      />
    </Chapter>
  );
}
