'use client';

import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { type Change, hearTabs, keepChange, takeChange, tellTabs } from './session-news';
import { SessionNotices } from './session-notices';
import { type Over, SessionOver } from './session-over';
import { useNow } from './use-now';

/** Who a page was rendered for, and until when that holds: seconds since 1970, by the server's clock. */
export interface Watched {
  /** A one-way tag of the person. */
  readonly who: string;
  readonly username: string;
  readonly endsAt: number;
  readonly endsBy: 'lifetime' | 'idle';
  readonly endsSoonFrom: number;
}

/** A tab that was reloaded for a change waits so long for the next one, in milliseconds. */
const BETWEEN_RELOADS = 5000;

const Watch = createContext<{ over?: Over | undefined; notices?: ReactNode }>({});

/**
 * Watches over what a page shows of a session. When another tab signs out or the session ends, what
 * is private leaves the page at once; a public page is loaded anew and shows how things are.
 *
 * @param props.watched null for nobody, undefined where it cannot be told
 * @param props.isPublic whether the page is for everybody
 * @param props.path of the page, to come back to
 * @param props.now the server's time, in seconds since 1970
 */
export function SessionWatch(props: {
  watched: Watched | null | undefined;
  isPublic: boolean;
  path: string;
  now: number;
  children: ReactNode;
}) {
  const { watched, isPublic, path, now } = props;
  const [left, setLeft] = useState<Over>();
  const [change, setChange] = useState<Change>();
  const [prolonged, prolong] = useState(0);
  const endsAt = Math.max(watched?.endsAt ?? Number.POSITIVE_INFINITY, prolonged);
  const soonFrom = watched ? watched.endsSoonFrom + endsAt - watched.endsAt : endsAt;

  const at = useNow(now, (time, hidden) => {
    if (time >= endsAt) return Number.POSITIVE_INFINITY;
    const next = hidden ? [] : [soonFrom, endsAt - 60].filter((moment) => moment > time);
    return Math.min(...next, endsAt) - time;
  });
  const over = left ?? (watched && at >= endsAt ? watched.endsBy : undefined);

  const who = watched === null ? '' : watched?.who;
  const rendered = watched?.endsAt ?? 0;
  useEffect(() => {
    if (who !== undefined) tellTabs({ who, at: now, endsAt: rendered });
  }, [who, rendered, now]);

  useEffect(() => {
    const kept = takeChange();
    if (kept) setChange(kept);
  }, []);

  useEffect(
    () =>
      hearTabs((news) => {
        if (who === undefined) return;
        if (news.who === who && !over) return prolong(news.endsAt);
        // A page that was long on its way knows less than this one.
        if (news.at < now) return tellTabs({ who, at: now, endsAt: rendered });
        if (news.who === '' && !isPublic) return setLeft('elsewhere');
        if (news.who === who && who === '') return;
        if (who !== '') setLeft('loading');
        keepChange(news.who === '' ? 'out' : 'in');
        const pause = change ? Math.max(BETWEEN_RELOADS - performance.now(), 0) : 0;
        setTimeout(() => location.reload(), pause);
      }),
    [who, over, isPublic, now, rendered, change],
  );

  useEffect(() => {
    const onPageShow = ({ persisted }: PageTransitionEvent) => {
      // Safari brings a page back as it was, even one that was never to be stored.
      if (persisted) void lookAgain(isPublic, (next) => flushSync(() => setLeft(next)));
    };
    addEventListener('pageshow', onPageShow);
    return () => removeEventListener('pageshow', onPageShow);
  }, [isPublic]);

  const notices = <SessionNotices {...{ watched, change, path, at, endsAt, soonFrom }} />;
  return <Watch value={{ over, notices }}>{props.children}</Watch>;
}

/** The content of a page, for as long as it may be shown. */
export function SessionContent({ children }: { children: ReactNode }) {
  const { over, notices } = use(Watch);
  if (over) return <SessionOver over={over} />;
  return (
    <>
      {notices}
      {children}
    </>
  );
}

/** What the frame of a page says about the visitor, for as long as it is true. */
export function WhileItHolds({ children }: { children: ReactNode }) {
  return use(Watch).over ? null : children;
}

/** A page that was put away may be about a session that is gone: nothing is shown before it is asked. */
async function lookAgain(isPublic: boolean, show: (over: Over) => void): Promise<void> {
  show('loading');
  const answer = isPublic ? undefined : await fetch('/api/me').catch(() => undefined);
  if (answer?.status === 401) show('gone');
  else location.reload();
}
