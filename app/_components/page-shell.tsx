import type { ReactNode } from 'react';
import { access } from '@/lib/access';
import { toClientVisitor } from '@/lib/client-visitor';
import { getVisitor, isPublicPage, type Visitor } from '@/lib/cognito';
import { readFlash } from '@/lib/flash';
import { Frame } from './frame';
import { Pending } from './pending';
import type { Watched } from './session-notices';
import { SessionContent, SessionWatch, WhileItHolds } from './session-watch';
import styles from './shell.module.css';
import { ThemeSwitch } from './theme-switch';
import { UserMenu } from './user-menu';

/** A page with its frame. It shows who is signed in, and reacts when the session ends. */
export async function PageShell({ path, children }: { path?: string; children: ReactNode }) {
  const visitor = await getVisitor();
  return (
    <SessionWatch
      watched={await watch(visitor)}
      visitor={toClientVisitor(visitor)}
      isPublic={path !== undefined && isPublicPage(access, path)}
      path={path ?? '/'}
      flash={path === undefined ? undefined : await readFlash(path)}
      now={Date.now() / 1000}
    >
      <Frame
        path={path}
        groups={visitor.state === 'signed-in' ? visitor.user.groups : undefined}
        visitor={
          <WhileItHolds>
            <VisitorMenu visitor={visitor} path={path} />
          </WhileItHolds>
        }
        colors={<ThemeSwitch />}
      >
        <SessionContent>{children}</SessionContent>
      </Frame>
      <Pending />
    </SessionWatch>
  );
}

/** What the browser needs to watch the session. A tag replaces the `sub`, because tabs exchange it. */
async function watch(visitor: Visitor): Promise<Watched | null | undefined> {
  if (visitor.state === 'unavailable') return undefined;
  if (visitor.state === 'signed-out') return null;
  const { user, endsAt, endsBy, endsSoonFrom } = visitor;
  const who = await sessionTag(user.sub);
  return { who, username: user.username, endsAt, endsBy, endsSoonFrom };
}

function VisitorMenu({ visitor, path }: { visitor: Visitor; path: string | undefined }) {
  if (visitor.state === 'signed-in') return <UserMenu user={visitor.user} />;
  if (visitor.state === 'unavailable') {
    return <p className={styles.unknown}>We can’t tell right now whether you are signed in.</p>;
  }
  const returnTo = new URLSearchParams({ returnTo: path ?? '/' });
  return (
    <a className="button" href={`/login?${returnTo}`}>
      Sign in
    </a>
  );
}

/** Enough to distinguish the few users who share a browser. */
const CHARACTERS = 8;

/**
 * A tag that identifies the user to other tabs without disclosing who they are.
 *
 * @param sub the claim: 122 random bits, so it can't be guessed from the tag
 * @returns the start of its SHA-256, in hexadecimal
 */
export async function sessionTag(sub: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sub));
  const hex = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0'));
  return hex.join('').slice(0, CHARACTERS);
}
