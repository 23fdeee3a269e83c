import { Frame } from '@/app/_components/frame';
import { Forbidden, refusal } from '@/app/_components/refusal';

const TITLE = 'Access denied';

export const generateMetadata = () =>
  refusal(TITLE, { type: 'denied', status: 403, why: 'not in the group' });

/** What `forbidden()` shows, if a request gets past the middleware's own 403. */
export default function ForbiddenFallback() {
  return (
    <Frame>
      {/* Without this, Next restores the requested page's title in the browser. */}
      <title>{TITLE}</title>
      <Forbidden />
    </Frame>
  );
}
