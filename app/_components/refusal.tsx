import type { Metadata } from 'next';
import { getPageContext, logEvent } from '@/lib/cognito';

/** The request's reference, as in the log. Visitors can quote it to the site operator. */
export async function Reference() {
  const { reference } = await getPageContext();
  if (reference === undefined) return null;
  return (
    <p className="reference">
      Reference: <code>{reference}</code>
    </p>
  );
}

/**
 * Returns the title of an error page and logs the refusal. It belongs in `generateMetadata`: Next renders
 * error pages along with every page, in case it needs them, but requests their metadata only to show them.
 *
 * @param title of the page
 * @param happening the event to log
 */
export async function refusal(title: string, happening: Refusal): Promise<Metadata> {
  const { reference } = await getPageContext();
  logEvent(happening, reference);
  return { title };
}

type Refusal = Extract<Parameters<typeof logEvent>[0], { type: 'denied' | 'notFound' }>;

/** The 403 page, for a signed-in user who isn't in the required group. */
export function Forbidden({ group }: { group?: string | undefined }) {
  return (
    <>
      <h1>You do not have access to this page</h1>
      <p className="lead">
        {group ? (
          <>
            Only members of the group <code>{group}</code> can open it.
          </>
        ) : (
          'Only members of a group that you are not in can open it.'
        )}
      </p>
      <p>
        If you need access, ask the site operator to add you to the group. Then sign out, and sign
        in again.
      </p>
      <p>
        <a className="button" href="/account">
          Go to your account
        </a>
      </p>
      <Reference />
    </>
  );
}
