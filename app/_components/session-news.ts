/** What tabs tell each other about the session. Times are seconds since 1970, by the server's clock. */
export interface SessionNews {
  /** A one-way tag of the signed-in user; empty when signed out. */
  readonly who: string;
  /** When the server rendered the page that sends this. */
  readonly at: number;
  /** When the session ends; 0 when signed out. */
  readonly endsAt: number;
}

const NAME = 'session';

let channel: BroadcastChannel | undefined;

/**
 * Sends news to the other tabs. Without BroadcastChannel, it writes the news to localStorage, which
 * triggers an event in the other tabs, and removes them again.
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
 * Listens to news from the other tabs.
 *
 * @param listener called for each message
 * @returns a function that stops listening
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

/** How the session changed in another tab. This alone is kept when this tab reloads. */
export type Change = 'in' | 'out';

/** Stores why the page reloads, so that it can say so afterwards. */
export function keepChange(change: Change): void {
  tolerate(() => sessionStorage.setItem(CHANGE, change));
}

/** Returns why the page was reloaded, and removes it, so that it is announced only once. */
export function takeChange(): Change | undefined {
  let change: string | null = null;
  tolerate(() => {
    change = sessionStorage.getItem(CHANGE);
    sessionStorage.removeItem(CHANGE);
  });
  return change === 'in' || change === 'out' ? change : undefined;
}

/** Ignores errors: browsers that block storage throw when a page uses it. */
function tolerate(use: () => void): void {
  try {
    use();
  } catch {
    // Then this tab misses the message. The next page that it loads is up to date.
  }
}
