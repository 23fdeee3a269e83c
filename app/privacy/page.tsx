import { StaticShell } from '@/app/_components/static-shell';
import { pageMetadata } from '@/lib/page-metadata';
import { NAME } from '@/lib/site';

/** Rendered once, by the build, and the same for every visitor: see `staticPages` in `lib/access.ts`. */
export const dynamic = 'force-static';

export const metadata = pageMetadata('/privacy');

export default function PrivacyPage() {
  return (
    <StaticShell path="/privacy">
      <h1>Privacy</h1>
      <p className="lead">What {NAME} keeps in your browser.</p>
      <ul>
        <li>While you are signed in: your session, encrypted, so that you stay signed in.</li>
        <li>While you sign in: a key, for an hour at most.</li>
        <li>While you add a passkey: a note that you are adding one, for up to 15 minutes.</li>
        <li>If a form can’t be saved: what you typed, encrypted, for up to 15 minutes.</li>
        <li>
          A new email address or phone number, encrypted, until you confirm it, for up to a day.
        </li>
        <li>After you sign out: when you did, so that nothing signs you in again by mistake.</li>
        <li>For half a minute: a message for the next page, such as “Saved”.</li>
        <li>If you choose a light or dark theme: your choice.</li>
      </ul>
      <p>
        All of these are cookies that only this site can read; the theme is also in the browser’s
        local storage. None of them is for advertising or statistics.
      </p>
      <p>This page is the same for everyone: it can’t see whether you are signed in.</p>
    </StaticShell>
  );
}
