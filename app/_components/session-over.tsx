import { useEffect } from 'react';
import styles from './session.module.css';

/**
 * Why a page shows nothing of a session any more: another tab signed out, it is gone, its time is
 * over, nobody was here, or the page is being loaded anew.
 */
export type Over = 'elsewhere' | 'gone' | 'lifetime' | 'idle' | 'loading';

const WORDS: Record<Exclude<Over, 'loading'>, [heading: string, text: string]> = {
  elsewhere: [
    'You signed out in another tab',
    'So this page shows nothing of yours any more. Sign in again, and you come back to it.',
  ],
  gone: [
    'You are signed out',
    'This page was from before. Sign in again, and you come back to it.',
  ],
  lifetime: [
    'Your session has ended',
    'Some time after a sign-in every session does. Sign in again, and you come back to this page.',
  ],
  idle: [
    'Your session has ended',
    'Nobody was here for a while. Sign in again, and you come back to this page.',
  ],
};

/**
 * What stands in place of a page's content when the session that it shows is over.
 *
 * @param props.over why
 */
export function SessionOver({ over }: { over: Over }) {
  if (over === 'loading') return null;
  const [heading, text] = WORDS[over];
  const returnTo = new URLSearchParams({ returnTo: location.pathname + location.search });
  return (
    <section role="status">
      <h1 tabIndex={-1} ref={focus}>
        {heading}
      </h1>
      <p className="lead">{text}</p>
      <p className={styles.choices}>
        <a className="button" href={`/login?${returnTo}`}>
          Sign in again
        </a>
        <a href="/">Go to the front page</a>
      </p>
      <Forget heading={heading} />
    </section>
  );
}

/** The page's text is also in the scripts that brought it, and its title says where one was. */
function Forget({ heading }: { heading: string }) {
  useEffect(() => {
    document.title = heading;
    for (const script of document.querySelectorAll('script:not([src])')) {
      if (script.textContent?.includes('__next_f')) script.remove();
    }
  }, [heading]);
  return null;
}

function focus(element: HTMLElement | null): void {
  element?.focus();
}
