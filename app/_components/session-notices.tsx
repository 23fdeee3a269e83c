import { useEffect, useState } from 'react';
import styles from './session.module.css';
import type { Change } from './session-news';
import { TimeLeft } from './time-left';

/** The session that a page was rendered for. Times are seconds since 1970, by the server's clock. */
export interface Watched {
  /** A one-way tag of the user. */
  readonly who: string;
  readonly username: string;
  readonly endsAt: number;
  readonly endsBy: 'lifetime' | 'idle';
  readonly endsSoonFrom: number;
}

/** A message from the page before, and the name of the cookie that brought it. */
export interface Flash {
  readonly text: string;
  readonly cookie: string;
}

/**
 * Notices: a message from the page before, the session changed in another tab, or it is about to end.
 */
export function SessionNotices(props: {
  watched: Watched | null | undefined;
  change: Change | undefined;
  flash: Flash | undefined;
  path: string;
  at: number;
  endsAt: number;
  soonFrom: number;
}) {
  const { watched, flash, path, at, endsAt, soonFrom } = props;
  const [notice, setNotice] = useState<'new' | 'shown' | 'closed'>('new');
  const said = notice === 'closed' ? undefined : (changed(props.change, watched) ?? flash?.text);
  useEffect(() => {
    // In an older browser, it expires soon.
    if (flash) void window.cookieStore?.delete(flash.cookie);
    setNotice('shown');
  }, [flash]);
  return (
    <div className={styles.notices}>
      <div role="status">
        {said ? (
          // Screen readers announce what is added: the text that came with the page counts only once it is replaced.
          <p key={notice} className={styles.notice}>
            {said}{' '}
            <button type="button" className="scripted" onClick={() => setNotice('closed')}>
              Close
            </button>
          </p>
        ) : null}
      </div>
      {watched && at >= soonFrom ? (
        <p className={styles.notice}>
          <span>
            Your session ends in <TimeLeft until={endsAt} now={at} />
            {watched.endsBy === 'idle' ? ' if you are inactive.' : '.'}
          </span>{' '}
          {watched.endsBy === 'idle' ? (
            <a href={path}>Stay signed in</a>
          ) : (
            <a href={`/login?${new URLSearchParams({ returnTo: path })}`}>
              Sign in again to continue
            </a>
          )}
        </p>
      ) : null}
      {/* Screen readers shouldn't read the countdown: announce only “soon” and the last minute. */}
      <p role="status" className="visually-hidden">
        {watched && at >= soonFrom ? spoken(endsAt - at) : ''}
      </p>
    </div>
  );
}

function changed(change: Change | undefined, watched: Watched | null | undefined) {
  if (change === 'in' && watched) {
    return `You signed in as ${watched.username} in another tab.`;
  }
  return change === 'out' && watched === null ? 'You signed out in another tab.' : undefined;
}

function spoken(left: number): string {
  return left <= 60 ? 'Your session ends in less than a minute.' : 'Your session ends soon.';
}

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
