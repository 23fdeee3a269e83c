import { Forbidden } from './_components/forbidden';

/** What `forbidden()` shows: the second line behind the middleware's 403. */
export default function ForbiddenFallback() {
  return <Forbidden />;
}
