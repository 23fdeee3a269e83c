import { createVisitor, DOCUMENT, FETCH } from '../../../tests/support/visitor';
import { pause } from './weather';

/** Counts of what happened; all browsers share one tally. */
export interface Tally {
  requests: number;
  sessions: number;
  signOuts: number;
  /** 503 with the session kept: correct while the pool is down. */
  unavailable: number;
  /** Any other 5xx. */
  errors: number;
  /** The user had to sign in again without having signed out. */
  lost: number;
  /** The user was still signed in after signing out. */
  revived: number;
}

const ROUTER = { ...FETCH, 'next-url': '/' };

/**
 * One browser with one user, who opens pages, presses buttons, signs out and signs in again.
 *
 * @param origin of the site
 * @param username of the user
 * @param tally the counts to add to
 */
export function createBrowser(origin: string, username: string, tally: Tally) {
  const visitor = createVisitor(origin);

  function count<T extends { status: number }>(answer: T): T {
    tally.requests += 1;
    if (answer.status === 503) tally.unavailable += 1;
    else if (answer.status >= 500) tally.errors += 1;
    return answer;
  }

  /** A navigation: follows redirects to a page of the site, or until one leads to the hosted UI. */
  async function navigate(path: string): Promise<'in' | 'asked to sign in' | 'later'> {
    let here = path;
    for (let hops = 0; hops < 10; hops++) {
      const answer = count(await visitor.open(here));
      const location = answer.headers.get('location');
      if (!location) return answer.status === 503 ? 'later' : 'in';
      const target = new URL(location, origin);
      if (target.origin !== origin) return 'asked to sign in';
      here = target.href;
    }
    return 'asked to sign in';
  }

  async function signIn(): Promise<void> {
    // The pool may be down: then the user tries again, unless the sign-in had already succeeded.
    do {
      await visitor.signIn(username).catch(() => undefined);
      await pause(100, 900);
    } while (count(await visitor.open('/api/me', FETCH)).status !== 200);
    tally.sessions += 1;
  }

  async function signOut(): Promise<void> {
    // Another tab is loading at the same time; its response may arrive after the sign-out.
    const other = visitor.open('/profile').then(count, () => undefined);
    count(await visitor.post('/logout'));
    await other;
    tally.signOuts += 1;
    const { status } = count(await visitor.open('/api/me', FETCH));
    if (status !== 401) tally.revived += 1;
  }

  async function look(): Promise<void> {
    const path = Math.random() < 0.5 ? '/profile' : '/';
    await Promise.all([
      visitor.open('/api/me', FETCH).then(count),
      visitor.open('/profile', ROUTER).then(count),
      visitor.open(path, DOCUMENT).then(count),
    ]);
  }

  async function pressRefresh(): Promise<void> {
    count(await visitor.post('/refresh', {}, { referer: `${origin}/profile` }));
  }

  /** Does something, and then checks whether the user is still signed in. */
  async function step(): Promise<void> {
    const dice = Math.random();
    if (dice < 0.02) {
      await signOut();
      return signIn();
    }
    if (dice < 0.06) await pressRefresh();
    else if (dice < 0.4) await look();
    if ((await navigate('/profile')) !== 'asked to sign in') return;
    tally.lost += 1;
    console.error(`lost: ${username}, ${new Date().toISOString()}`);
    return signIn();
  }

  return {
    async live(isOver: () => boolean): Promise<void> {
      await pause(0, 10_000);
      await signIn();
      while (!isOver()) {
        await step();
        await pause(500, 4500);
      }
    },
  };
}
