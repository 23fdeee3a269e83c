import { Moment } from '../../_components/time';
import { Chapter } from '../chapter';
import type { Evidence } from '../evidence-of';
import { Facts } from '../facts';

/** The one page that sees a password, and it is not ours. */
export function HostedUi({ evidence, done }: { evidence: Evidence; done: boolean }) {
  const { domain, authTime, identityProvider } = evidence;
  return (
    <Chapter step="hosted-ui" done={done}>
      <p>
        You type your password at Cognito’s own address and nowhere else. It may also ask for a code
        from your phone, or hand you on to Google or your company. This site takes no part in it and
        learns nothing but the outcome. Who has signed in there a short while ago is not even asked:
        the hosted UI has a cookie of its own.
      </p>
      <Facts
        facts={[
          { name: 'domain', value: <code>{domain}</code>, note: 'Look for it in the address bar.' },
          {
            name: 'auth_time',
            value: authTime === undefined ? 'not said' : <Moment at={authTime} />,
            note: 'When you last proved who you are. A refresh does not change it.',
          },
          {
            name: 'identity provider',
            value: identityProvider ?? 'the user pool itself',
            note: 'Who checked the password.',
          },
        ]}
      />
    </Chapter>
  );
}
