import { Moment } from '@/app/_components/time';
import { Chapter } from '../chapter';
import type { Evidence } from '../evidence-of';
import { Facts } from '../facts';

/** The hosted UI, the only page that sees a password. */
export function HostedUi({ evidence, done }: { evidence: Evidence; done: boolean }) {
  const { domain, authTime, identityProvider } = evidence;
  return (
    <Chapter step="hosted-ui" done={done}>
      <p>
        You enter your password on Cognito’s domain, never on this site. Cognito may also ask for an
        MFA code, or send you to another identity provider such as Google. The hosted UI has its own
        session, so if you signed in recently, it doesn’t ask again.
      </p>
      <Facts
        facts={[
          { name: 'domain', value: <code>{domain}</code> },
          {
            name: 'auth_time',
            value: authTime === undefined ? 'unknown' : <Moment at={authTime} />,
            note: 'When you signed in there.',
          },
          { name: 'identity provider', value: identityProvider ?? 'the user pool' },
        ]}
      />
    </Chapter>
  );
}
