import { Frame } from '@/app/_components/frame';
import { Reference, refusal } from '@/app/_components/refusal';

const TITLE = 'Please sign in';

export const generateMetadata = () =>
  refusal(TITLE, { type: 'denied', status: 401, why: 'not signed in' });

/** What `unauthorized()` shows, if a request gets past the middleware. */
export default function Unauthorized() {
  return (
    <Frame>
      {/* Without this, Next restores the requested page's title in the browser. */}
      <title>{TITLE}</title>
      <h1>{TITLE}</h1>
      <p className="lead">
        You need to sign in to see this page. You are signed out, or your session has ended.
      </p>
      <p>
        <a className="button" href="/login">
          Sign in
        </a>
      </p>
      <Reference />
    </Frame>
  );
}
