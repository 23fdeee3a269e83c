/** What one tab tells the others. Times are seconds since 1970, by the server's clock. */
export interface SessionNews {
  /** Who is signed in: a one-way tag of the person; empty for nobody. */
  readonly who: string;
  /** When the server rendered the page that tells it. */
  readonly at: number;
  /** When the session ends; 0 for nobody. */
  readonly endsAt: number;
}

const NAME = 'session';

let channel: BroadcastChannel | undefined;

/**
 * Tells the other tabs. Where there is no BroadcastChannel, the news pass through localStorage and
 * are taken away again: storing them is the message, and nothing stays behind.
 *
 * @param news as the server has just rendered it
 */
export function tellTabs(news: SessionNews): void {
  const text = JSON.stringify(news);
  tolerate(() => {
    const others = open();
    if (others) return others.postMessage(text);
    localStorage.setItem(NAME, text);
    localStorage.removeItem(NAME);
  });
}

/**
 * Hears what the other tabs tell.
 *
 * @param listener called for each piece of news
 * @returns stops it
 */
export function hearTabs(listener: (news: SessionNews) => void): () => void {
  const hear = (text: unknown) => {
    const news: Partial<SessionNews> = typeof text === 'string' ? JSON.parse(text) : {};
    const { who, at = 0, endsAt = 0 } = news;
    if (typeof who === 'string') listener({ who, at, endsAt });
  };
  const onMessage = ({ data }: MessageEvent) => hear(data);
  const onStorage = ({ key, newValue }: StorageEvent) => key === NAME && hear(newValue);
  let others: BroadcastChannel | undefined;
  tolerate(() => {
    others = open();
  });
  others?.addEventListener('message', onMessage);
  if (!others) addEventListener('storage', onStorage);
  return () => {
    others?.removeEventListener('message', onMessage);
    removeEventListener('storage', onStorage);
  };
}

function open(): BroadcastChannel | undefined {
  if ('BroadcastChannel' in window) channel ??= new BroadcastChannel(NAME);
  return channel;
}

const CHANGE = 'session-change';

/** How a session changed elsewhere; all that outlives a reload of this tab. */
export type Change = 'in' | 'out';

/** Remembers what the page is reloaded for, so that the next one can say it. */
export function keepChange(change: Change): void {
  tolerate(() => sessionStorage.setItem(CHANGE, change));
}

/** What this page was reloaded for; said once. */
export function takeChange(): Change | undefined {
  let change: string | null = null;
  tolerate(() => {
    change = sessionStorage.getItem(CHANGE);
    sessionStorage.removeItem(CHANGE);
  });
  return change === 'in' || change === 'out' ? change : undefined;
}

/** A browser that lets no site store anything throws where others store. */
function tolerate(use: () => void): void {
  try {
    use();
  } catch {
    // Then this tab hears nothing, and is right again with its next page.
  }
}
