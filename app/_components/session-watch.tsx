'use client';

import { useEffect } from 'react';

/**
 * Tells the other tabs who is signed in here, and reloads this one when they know better: after a
 * sign-out nothing private stays on a screen, neither in another tab nor behind the Back button.
 */
export function SessionWatch({ who }: { who: string }) {
  useEffect(() => {
    const channel = new BroadcastChannel('session');
    channel.postMessage(who);
    channel.onmessage = ({ data }) => {
      if (data !== who) location.reload();
    };
    // Safari brings a page back as it was, even one that was never to be stored.
    const onPageShow = (event: PageTransitionEvent) => {
      if (event.persisted) location.reload();
    };
    addEventListener('pageshow', onPageShow);
    return () => {
      channel.close();
      removeEventListener('pageshow', onPageShow);
    };
  }, [who]);
  return null;
}
