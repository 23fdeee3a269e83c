import { Chapter } from '../chapter';
import type { Evidence } from '../evidence-of';
import { Facts } from '../facts';

/** The middleware checks every request before any page runs. */
export function Ask({ evidence, done }: { evidence: Evidence; done: boolean }) {
  const { request } = evidence;
  return (
    <Chapter step="ask" done={done}>
      <p>
        The middleware checks every request. Pages are private unless they are listed as public. If
        you have no session, it redirects you to sign in. Scripts get a 401 response instead.
      </p>
      <Facts
        facts={[
          {
            name: 'this request',
            value: (
              <code>
                {request.method} /flow
                {request.destination ? `, Sec-Fetch-Dest: ${request.destination}` : ''}
              </code>
            ),
            note: `A ${request.kind} request, ${
              evidence.example ? 'without a session' : 'with your session'
            }.`,
          },
        ]}
      />
    </Chapter>
  );
}
