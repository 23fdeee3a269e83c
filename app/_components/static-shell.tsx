import type { ReactNode } from 'react';
import { Frame } from './frame';
import { Pending } from './pending';
import { ThemeSwitch } from './theme-switch';

/** A static page with its frame. It is the same for all visitors, so it doesn't show who is signed in. */
export function StaticShell({ path, children }: { path: string; children: ReactNode }) {
  return (
    <>
      <Frame path={path} colors={<ThemeSwitch />}>
        {children}
      </Frame>
      <Pending />
    </>
  );
}
