import { Frame } from '@/app/_components/frame';
import { Reference, refusal } from '@/app/_components/reference';

export const generateMetadata = () => refusal('Page not found', { type: 'notFound' });

/** The 404 page. */
export default function NotFound() {
  return (
    <Frame>
      <h1>Page not found</h1>
      <p className="lead">Check the address for typing errors. The page may also have moved.</p>
      <p>
        <a className="button" href="/">
          Go to the home page
        </a>
      </p>
      <Reference />
    </Frame>
  );
}
