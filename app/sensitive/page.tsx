import type { Metadata } from 'next';
import { requireRecentSignIn } from '@/lib/cognito';
import { PageShell } from '../_components/page-shell';

export const metadata: Metadata = { title: 'Sensitive' };

/** For what should not happen on a device that was left open: it asks to sign in again. */
export default async function SensitivePage() {
  const user = await requireRecentSignIn(300, '/sensitive');
  return (
    <PageShell path="/sensitive">
      <h1>Only for who has just signed in</h1>
      <p className="lead">
        You, {user.name ?? user.username}, signed in during the last five minutes. Later, this page
        asks you to sign in again, although you still are: the place for closing an account or
        changing how one is paid.
      </p>
      <p>
        The page asks <code>requireRecentSignIn</code>, which looks at the <code>auth_time</code> of
        your ID token.
      </p>
    </PageShell>
  );
}
