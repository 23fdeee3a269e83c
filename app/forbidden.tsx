import { Forbidden } from './_components/forbidden';
import { Frame } from './_components/frame';
import { refusal } from './_components/reference';

const TITLE = 'Not for your account';

export const generateMetadata = () =>
  refusal(TITLE, { type: 'denied', status: 403, why: 'not in the group' });

/** What `forbidden()` shows: the second line behind the middleware's 403. */
export default function ForbiddenFallback() {
  return (
    <Frame>
      {/* In the browser Next goes back to the title of the page that was asked for. */}
      <title>{TITLE}</title>
      <Forbidden />
    </Frame>
  );
}
