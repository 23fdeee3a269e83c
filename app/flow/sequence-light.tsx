'use client';

import { useEffect } from 'react';

/** Highlights the step in the diagram whose chapter the visitor is reading. */
export function SequenceLight() {
  useEffect(() => {
    const links = new Map<string, Element>();
    for (const link of document.querySelectorAll('[data-step]')) {
      links.set(link.getAttribute('data-step') ?? '', link);
    }
    const light = (entries: IntersectionObserverEntry[]) => {
      for (const { target, isIntersecting } of entries) {
        links.get(target.id)?.toggleAttribute('data-active', isIntersecting);
      }
    };
    // Observe a line at a third of the window's height: only one chapter crosses it at a time.
    const observer = new IntersectionObserver(light, { rootMargin: '-33% 0px -66% 0px' });
    for (const id of links.keys()) {
      const chapter = document.getElementById(id);
      if (chapter) observer.observe(chapter);
    }
    return () => observer.disconnect();
  }, []);
  return null;
}
