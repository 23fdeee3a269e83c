import Link from 'next/link';
import type { ReactNode } from 'react';
import { getVisitor, type Visitor } from '@/lib/cognito';
import { SessionWatch } from './session-watch';
import { SignOutButton } from './sign-out-button';

/** The frame of every page: where one can go, who is signed in, and the page itself. */
export async function PageShell({ path, children }: { path?: string; children: ReactNode }) {
  const visitor = await getVisitor();
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="site-header">
        <Link className="brand" href="/">
          Cognito starter
        </Link>
        <nav aria-label="Pages">
          <NavLink href="/flow" path={path}>
            Flow
          </NavLink>
          <NavLink href="/profile" path={path}>
            Profile
          </NavLink>
          <NavLink href="/admin" path={path}>
            Admin
          </NavLink>
        </nav>
        <VisitorMenu visitor={visitor} path={path} />
      </header>
      <main id="content">{children}</main>
      <footer className="site-footer">
        <p>
          A starter to build on. Start reading at <code>middleware.ts</code>.
        </p>
      </footer>
      {visitor.state === 'unknown' ? null : (
        <SessionWatch who={visitor.state === 'signed-in' ? visitor.user.sub : ''} />
      )}
    </>
  );
}

/** A plain link: a page that needs a sign-in is a document, never a fetch by the router. */
function NavLink({
  href,
  path,
  children,
}: {
  href: string;
  path: string | undefined;
  children: ReactNode;
}) {
  return (
    <a href={href} aria-current={href === path ? 'page' : undefined}>
      {children}
    </a>
  );
}

function VisitorMenu({ visitor, path }: { visitor: Visitor; path: string | undefined }) {
  if (visitor.state === 'signed-in') {
    return (
      <div className="visitor">
        <span>
          Signed in as <strong>{visitor.user.username}</strong>
        </span>
        <SignOutButton />
      </div>
    );
  }
  if (visitor.state === 'unknown') {
    return <p className="visitor">We can’t tell right now whether you are signed in.</p>;
  }
  const returnTo = new URLSearchParams({ returnTo: path ?? '/' });
  return (
    <div className="visitor">
      <a className="button" href={`/login?${returnTo}`}>
        Sign in
      </a>
    </div>
  );
}
