import { isLoopback } from '../config/values';
import type { CognitoConfig } from '../protocol/cognito-config';
import { asUrl } from '../protocol/url';

/**
 * Whether a request came to another host than the site's own, such as `my-app-abc123.vercel.app`. A
 * sign-in that started there would fail: its cookie would stay there, and the callback come to the
 * site's own host. So the visitor is sent to `/login` of the site's own host first.
 *
 * `Host` decides nothing else. A proxy may replace it, so this must never lead to the same address
 * again: `/login` does it only once. A loopback host is that of a proxy on the same machine, or of
 * `next dev` (`developer-requests.ts`); and a preview with the relay has several hosts.
 *
 * @param headers of a request that is about to start a sign-in
 * @param config the site's origin, and the role of a preview
 */
export function isOtherHost(headers: Headers, { origin, preview }: CognitoConfig): boolean {
  const url = asUrl(`http://${headers.get('host') ?? ''}`);
  if (!url || isLoopback(url) || preview?.role === 'preview') return false;
  return url.host !== new URL(origin).host;
}
