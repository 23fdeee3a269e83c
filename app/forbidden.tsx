import { Forbidden } from './_components/forbidden';
import { refusal } from './_components/reference';

export const generateMetadata = () => refusal('Not for your account', '403: not in the group');

/** What `forbidden()` shows: the second line behind the middleware's 403. */
export default function ForbiddenFallback() {
  return <Forbidden />;
}
