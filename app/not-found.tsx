import { Frame } from '@/app/_components/frame';
import { Reference, refusal } from '@/app/_components/refusal';

export const generateMetadata = () => refusal('Page not found', { type: 'notFound' });

/** The 404 page. */
export default function NotFound() {
  return (
    <Frame>
      <h1>Page not found</h1>
      <p className="lead">
        Nothing is at this address. Check it for typing errors. A page that was here may have moved,
        or you may not have access to it.
      </p>
      <p>
        <a className="button" href="/">
          Go to the home page
        </a>
      </p>
      <Reference />
    </Frame>
  );
}
