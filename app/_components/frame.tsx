import type { ReactNode } from 'react';
import { DESCRIPTION, NAME } from '../../lib/site';
import { BrandMark } from './icons';
import styles from './shell.module.css';

const PAGES = [
  { href: '/flow', label: 'Flow' }, // demo
  { href: '/profile', label: 'Profile' },
  { href: '/admin', label: 'Admin' },
];

/**
 * The header, menu and footer of every page. It fetches nothing: Next renders the 401, 403 and 404 pages
 * along with every page, in case it needs them, so their cost adds to every page. The links are plain
 * `<a>` elements: a page that needs a sign-in must be loaded as a document, not fetched by the router.
 *
 * @param props.path the path of the page, to mark it in the menu
 * @param props.visitor shows who is signed in
 * @param props.colors the theme switch
 */
export function Frame(props: {
  path?: string | undefined;
  visitor?: ReactNode;
  colors?: ReactNode;
  children: ReactNode;
}) {
  const { path, visitor, colors, children } = props;
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
        {visitor}
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
