import type { ReactNode } from 'react';
import { DESCRIPTION, NAME, PAGES, type Page } from '@/lib/site';
import { BrandMark } from './icons';
import styles from './shell.module.css';

/**
 * The header, navigation and footer of every page. It fetches nothing: Next renders the 401, 403 and 404 pages
 * along with every page, in case it needs them, so their cost adds to every page. The links are plain
 * `<a>` elements: a page that needs a sign-in must be loaded as a document, not fetched by the router.
 *
 * @param props.path the path of the page, to mark it in the navigation
 * @param props.groups the visitor's groups: the navigation also has the pages for these
 * @param props.visitor shows who is signed in; by default a link that is right for every visitor
 * @param props.colors the theme switch
 */
export function Frame(props: {
  path?: string | undefined;
  groups?: readonly string[] | undefined;
  visitor?: ReactNode;
  colors?: ReactNode;
  children: ReactNode;
}) {
  const { path, groups = [], visitor = <AccountLink />, colors, children } = props;
  return (
    <>
      <a className={styles.skip} href="#content">
        Skip to main content
      </a>
      <header className={styles.header}>
        <a className={styles.brand} href="/" aria-current={path === '/' ? 'page' : undefined}>
          <BrandMark />
          {NAME}
        </a>
        <nav className={styles.nav} aria-label="Pages">
          {PAGES.map((page) => (
            <NavigationLink key={page.path} page={page} path={path} groups={groups} />
          ))}
        </nav>
        <div className={styles.visitor}>{visitor}</div>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer className={styles.footer}>
        <p>
          {DESCRIPTION} <a href="/privacy">Privacy</a>
        </p>
        {colors}
      </footer>
    </>
  );
}

function NavigationLink(props: {
  page: Page;
  path: string | undefined;
  groups: readonly string[];
}) {
  const { page, path, groups } = props;
  if (page.navigation === undefined) return null;
  if (page.group !== undefined && !groups.includes(page.group)) return null;
  return (
    <a
      href={page.path}
      data-label={page.navigation}
      aria-current={isWithin(page.path, path) ? (page.path === path ? 'page' : 'true') : undefined}
    >
      {page.navigation}
    </a>
  );
}

/** Whether a page is another one, or below it. */
function isWithin(page: string, path = ''): boolean {
  return path === page || path.startsWith(`${page}/`);
}

/** For a page that doesn't know its visitor. Signed out, it leads to the sign-in. */
function AccountLink() {
  return (
    <a className="button quiet" href="/account">
      Account
    </a>
  );
}
