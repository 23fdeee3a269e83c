import { useEffect } from 'react';
import styles from './session.module.css';

/**
 * Why a page's private content is hidden: another tab signed out, the session is gone, it reached its
 * maximum lifetime, the user was inactive, or the page is reloading.
 */
export type Over = 'elsewhere' | 'gone' | 'lifetime' | 'idle' | 'loading';

const WORDS: Record<Exclude<Over, 'loading'>, [heading: string, text: string]> = {
  elsewhere: [
    'You signed out in another tab',
    'This page is hidden because your session has ended. Sign in again to return to it.',
  ],
  gone: [
    'You are signed out',
    'This page is hidden because your session has ended. Sign in again to return to it.',
  ],
  lifetime: [
    'Your session has ended',
    'Sessions end some time after sign-in. Sign in again to return to this page.',
  ],
  idle: [
    'Your session has ended',
    'You were inactive for a while. Sign in again to return to this page.',
  ],
};

/**
 * Replaces the page's content when its session has ended.
 *
 * @param props.over why it is replaced
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
        <a href="/">Go to the home page</a>
      </p>
      <Forget heading={heading} />
    </section>
  );
}

/** Removes the other traces of the page: its title, and the inline scripts that contain its text. */
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
