import { Frame } from './_components/frame';
import { Reference, refusal } from './_components/reference';

const TITLE = 'Please sign in';

export const generateMetadata = () =>
  refusal(TITLE, { type: 'denied', status: 401, why: 'not signed in' });

/** What `unauthorized()` shows: only a request that got past the middleware comes here. */
export default function Unauthorized() {
  return (
    <Frame>
      {/* In the browser Next goes back to the title of the page that was asked for. */}
      <title>{TITLE}</title>
      <h1>{TITLE}</h1>
      <p className="lead">
        This page is only for people who are signed in, and you are not, or not any longer.
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
