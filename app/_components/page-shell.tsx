import type { ReactNode } from 'react';
import { getVisitor, isPublicPage, type Visitor } from '@/lib/cognito';
import { BrandMark } from './icons';
import { Pending } from './pending';
import { sessionTag } from './session-tag';
import { SessionContent, SessionWatch, type Watched, WhileItHolds } from './session-watch';
import styles from './shell.module.css';
import { SignOutButton } from './sign-out-button';
import { ThemeSwitch } from './theme-switch';

const PAGES = [
  { href: '/flow', label: 'Flow' }, // demo
  { href: '/profile', label: 'Profile' },
  { href: '/admin', label: 'Admin' },
];

/**
 * The frame of every page: where one can go, who is signed in, and the page itself. Its links are
 * plain ones: a page that needs a sign-in is a document, never a fetch by the router.
 */
export async function PageShell({ path, children }: { path?: string; children: ReactNode }) {
  const visitor = await getVisitor();
  return (
    <SessionWatch
      watched={await watch(visitor)}
      isPublic={path !== undefined && isPublicPage(path)}
      path={path ?? '/'}
      now={Date.now() / 1000}
    >
      <a className={styles.skip} href="#content">
        Skip to the content
      </a>
      <header className={styles.header}>
        <a className={styles.brand} href="/" aria-current={path === '/' ? 'page' : undefined}>
          <BrandMark />
          Cognito starter
        </a>
        <nav className={styles.nav} aria-label="Pages">
          {PAGES.map(({ href, label }) => (
            <a
              key={href}
              href={href}
              data-label={label}
              aria-current={href === path ? 'page' : undefined}
            >
              {label}
            </a>
          ))}
        </nav>
        <WhileItHolds>
          <VisitorMenu visitor={visitor} path={path} />
        </WhileItHolds>
      </header>
      <main id="content" tabIndex={-1}>
        <SessionContent>{children}</SessionContent>
      </main>
      <footer className={styles.footer}>
        <p>
          A starter to build on. Start reading at <code>middleware.ts</code>.
        </p>
        <ThemeSwitch />
      </footer>
      <Pending />
    </SessionWatch>
  );
}

/** What the browser watches over: never the `sub` itself, which tabs would tell each other. */
async function watch(visitor: Visitor): Promise<Watched | null | undefined> {
  if (visitor.state === 'unknown') return undefined;
  if (visitor.state === 'signed-out') return null;
  const { user, endsAt, endsBy, endsSoonFrom } = visitor;
  const who = await sessionTag(user.sub);
  return { who, username: user.username, endsAt, endsBy, endsSoonFrom };
}

function VisitorMenu({ visitor, path }: { visitor: Visitor; path: string | undefined }) {
  if (visitor.state === 'signed-in') {
    return (
      <div className={styles.visitor}>
        <span>
          <span className={styles.words}>Signed in as</span>{' '}
          <strong>{visitor.user.username}</strong>
        </span>
        <SignOutButton />
      </div>
    );
  }
  if (visitor.state === 'unknown') {
    return <p className={styles.visitor}>We can’t tell right now whether you are signed in.</p>;
  }
  const returnTo = new URLSearchParams({ returnTo: path ?? '/' });
  return (
    <div className={styles.visitor}>
      <a className="button" href={`/login?${returnTo}`}>
        Sign in
      </a>
    </div>
  );
}
