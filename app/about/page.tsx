import type { Metadata } from 'next';
import { StaticShell } from '../_components/static-shell';

/** Rendered once, by the build, and the same for all visitors: `staticPages` in `lib/access.ts`. */
export const dynamic = 'force-static';

export const metadata: Metadata = { title: 'About' };

export default function AboutPage() {
  return (
    <StaticShell path="/about">
      <h1>About</h1>
      <p className="lead">x</p>
    </StaticShell>
  );
}
