import { Frame } from './_components/frame';
import { Reference, refusal } from './_components/reference';

export const generateMetadata = () => refusal('There is no page here', { type: 'notFound' });

/** The 404 page. */
export default function NotFound() {
  return (
    <Frame>
      <h1>There is no page here</h1>
      <p className="lead">The address may be mistyped, or the page may have moved.</p>
      <p>
        <a className="button" href="/">
          Go to the front page
        </a>
      </p>
      <Reference />
    </Frame>
  );
}
