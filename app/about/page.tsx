import type { Metadata } from 'next';
import { DESCRIPTION, NAME } from '../../lib/site';
import { StaticShell } from '../_components/static-shell';

/** Rendered once, by the build, and the same for every visitor: see `staticPages` in `lib/access.ts`. */
export const dynamic = 'force-static';

export const metadata: Metadata = { title: 'About' };

export default function AboutPage() {
  return (
    <StaticShell path="/about">
      <h1>About {NAME}</h1>
      <p className="lead">{DESCRIPTION}</p>
      <p>
        This page is the same for everyone, so a CDN can keep it: it reads no cookie and doesn’t
        know who you are. Change it in <code>app/about/page.tsx</code>.
      </p>
    </StaticShell>
  );
}
