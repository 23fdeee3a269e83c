import { useEffect, useState } from 'react';
import styles from './session.module.css';
import type { Change } from './session-news';
import type { Watched } from './session-watch';
import { TimeLeft } from './time-left';

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
  const [closed, close] = useState(false);
  const [shown, setShown] = useState(false);
  const said = closed ? undefined : (changed(props.change, watched) ?? flash?.text);
  useEffect(() => {
    // In an older browser, it expires soon.
    if (flash && 'cookieStore' in window) void cookieStore.delete(flash.cookie);
    setShown(true);
  }, [flash]);
  return (
    <div className={styles.notices}>
      <div role="status">
        {said ? (
          // Screen readers announce what is added: the text that came with the page counts only once it is replaced.
          <p key={String(shown)} className={styles.notice}>
            {said}{' '}
            <button type="button" className="scripted" onClick={() => close(true)}>
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
