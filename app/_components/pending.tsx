'use client';

import { useEffect } from 'react';

/** After this time, in milliseconds, assume that the visitor has stopped the navigation. */
const GIVE_UP = 10_000;

/**
 * Shows that a page is loading, and prevents submitting a form twice. One listener covers all links and
 * forms, except those that a component handles itself.
 */
export function Pending() {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const marked = new Set<Element>();

    function mark(element: Element, disable = false): void {
      marked.add(element);
      element.setAttribute('aria-busy', 'true');
      element.setAttribute('data-pending', '');
      // `disabled` would keep the name and value of the pressed button out of the form data.
      if (disable) element.setAttribute('aria-disabled', 'true');
      document.documentElement.dataset.pending = '';
      clearTimeout(timer);
      timer = setTimeout(clear, GIVE_UP);
    }

    function clear(): void {
      clearTimeout(timer);
      delete document.documentElement.dataset.pending;
      for (const element of marked) {
        for (const name of ['aria-busy', 'data-pending', 'aria-disabled']) {
          element.removeAttribute(name);
        }
      }
      marked.clear();
    }

    function onClick(event: MouseEvent): void {
      if (event.target instanceof Element && !event.defaultPrevented && isPlain(event)) {
        const link = event.target.closest('a');
        if (link && leadsAway(link)) mark(link);
      }
    }

    function onSubmit(event: SubmitEvent): void {
      const { target: form, submitter } = event;
      if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.target) return;
      if (marked.has(form)) {
        event.preventDefault();
        return;
      }
      if (form.getAttribute('action') === '/logout') forgetDrafts();
      mark(form);
      if (submitter) mark(submitter, true);
    }

    document.addEventListener('click', onClick);
    document.addEventListener('submit', onSubmit);
    // The back/forward cache restores the page as it was when the visitor left it.
    addEventListener('pageshow', clear);
    return () => {
      clear();
      document.removeEventListener('click', onClick);
      document.removeEventListener('submit', onSubmit);
      removeEventListener('pageshow', clear);
    };
  }, []);
  return null;
}

/** A left click without a modifier key. Other clicks open a tab or a menu. */
function isPlain(event: MouseEvent): boolean {
  return !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

/** Whether the link loads another page of this site in this tab. */
function leadsAway(link: HTMLAnchorElement): boolean {
  if (!link.href || link.target || link.hasAttribute('download')) return false;
  const to = new URL(link.href);
  if (to.origin !== location.origin) return false;
  return !to.hash || to.pathname !== location.pathname || to.search !== location.search;
}

/** Deletes the drafts and whatever else this tab keeps: the user signs out. */
function forgetDrafts(): void {
  try {
    sessionStorage.clear();
  } catch {
    // Browsers that block storage throw when a page uses it: then there are no drafts.
  }
}
