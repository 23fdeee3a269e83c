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
 * What stands around every page, and asks nobody anything: Next renders the 401, 403 and 404 pages
 * beside each page, for the case that they are needed, and they pay for all that is in them. The links
 * are plain ones: a page that needs a sign-in is a document, never a fetch by the router.
 *
 * @param props.path of the page, if it is one of the menu
 * @param props.visitor who is signed in
 * @param props.colours the switch for them
 */
export function Frame(props: {
  path?: string | undefined;
  visitor?: ReactNode;
  colours?: ReactNode;
  children: ReactNode;
}) {
  const { path, visitor, colours, children } = props;
  return (
    <>
      <a className={styles.skip} href="#content">
        Skip to the content
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
        <p>{DESCRIPTION}</p>
        {colours}
      </footer>
    </>
  );
}
