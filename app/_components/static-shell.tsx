import type { ReactNode } from 'react';
import { Frame } from './frame';
import { Pending } from './pending';
import styles from './shell.module.css';
import { ThemeSwitch } from './theme-switch';

/** A static page with its frame. It is the same for all visitors, so it doesn't show who is signed in. */
export function StaticShell({ path, children }: { path: string; children: ReactNode }) {
  return (
    <>
      <Frame
        path={path}
        visitor={
          <div className={styles.visitor}>
            <a className="button quiet" href="/profile">
              Account
            </a>
          </div>
        }
        colors={<ThemeSwitch />}
      >
        {children}
      </Frame>
      <Pending />
    </>
  );
}
