'use client';

import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ClientVisitor } from '@/lib/client-visitor';
import { type Change, hearTabs, keepChange, takeChange, tellTabs } from './session-news';
import {
  type Flash,
  type Over,
  SessionNotices,
  SessionOver,
  type Watched,
} from './session-notices';
import { useNow } from './time-left';

/** The minimum time between two reloads for session changes, in milliseconds. */
const BETWEEN_RELOADS = 5000;

/** What the parts of a page know about its session. `visitor` is what `useVisitor()` returns. */
export const Watch = createContext<{
  over?: Over | undefined;
  notices?: ReactNode;
  visitor?: ClientVisitor;
}>({});

/**
 * Watches the session that a page shows. When another tab signs out or the session ends, a private
 * page hides its content immediately, and a public page reloads.
 *
 * @param props.watched null when signed out, undefined when the session couldn't be checked
 * @param props.visitor for the client components of the page
 * @param props.isPublic whether anyone can open the page
 * @param props.path of the page, to return to it after sign-in
 * @param props.flash a message from the page before
 * @param props.now the server's time, in seconds since 1970
 */
export function SessionWatch(props: {
  watched: Watched | null | undefined;
  visitor: ClientVisitor;
  isPublic: boolean;
  path: string;
  flash: Flash | undefined;
  now: number;
  children: ReactNode;
}) {
  const { watched, isPublic, path, flash, now } = props;
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
        // The other page was rendered earlier, so send it the newer state.
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
      // Safari's back/forward cache restores a page as it was, even with `no-store`.
      if (persisted) void lookAgain(isPublic, (next) => flushSync(() => setLeft(next)));
    };
    addEventListener('pageshow', onPageShow);
    return () => removeEventListener('pageshow', onPageShow);
  }, [isPublic]);

  const notices = <SessionNotices {...{ watched, change, flash, path, at, endsAt, soonFrom }} />;
  return <Watch value={{ over, notices, visitor: props.visitor }}>{props.children}</Watch>;
}

/** The content of a page, until the session ends. */
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

/** What the page's frame shows about the user, until the session ends. */
export function WhileItHolds({ children }: { children: ReactNode }) {
  return use(Watch).over ? null : children;
}

/** A restored page may show an ended session, so hide its content until the server confirms the session. */
async function lookAgain(isPublic: boolean, show: (over: Over) => void): Promise<void> {
  show('loading');
  const answer = isPublic ? undefined : await fetch('/api/me').catch(() => undefined);
  if (answer?.status === 401) show('gone');
  else location.reload();
}
