import { Chapter } from '../chapter';
import type { Evidence } from '../evidence-of';
import { Facts } from '../facts';

/** Every request passes the middleware before any page is asked. */
export function Ask({ evidence, done }: { evidence: Evidence; done: boolean }) {
  const { request } = evidence;
  return (
    <Chapter step="ask" done={done}>
      <p>
        A browser knows nothing about you. With each page it asks for, it sends back the cookies
        that the site gave it before, and that is all the site has to go by.{' '}
        <code>middleware.ts</code> looks at every request before any page does: a page is private
        unless it is listed as public.
      </p>
      <p>
        Who asks decides how it answers. A person who opens a page without a session is sent to sign
        in; a script gets a plain 401, because a redirect to a sign-in page is of no use to it.
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
            note: `Taken for: ${request.kind}. ${
              evidence.example
                ? 'It came without a session, and this page is public.'
                : 'It came with your session.'
            }`,
          },
        ]}
      />
    </Chapter>
  );
}
