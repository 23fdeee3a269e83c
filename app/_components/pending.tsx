'use client';

import { useEffect } from 'react';

/** A page that has not come after this time, in milliseconds, was perhaps stopped. */
const GIVE_UP = 10_000;

/**
 * Shows that a page is on its way, and keeps a form from being sent twice. One listener for all links
 * and forms; what a component handles by itself is left alone.
 */
export function Pending() {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const marked = new Set<Element>();

    function mark(element: Element, disable = false): void {
      marked.add(element);
      element.setAttribute('aria-busy', 'true');
      element.setAttribute('data-pending', '');
      // Not `disabled`: the name and value of the button that was pressed would not be sent.
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
      mark(form);
      if (submitter) mark(submitter, true);
    }

    document.addEventListener('click', onClick);
    document.addEventListener('submit', onSubmit);
    // Back from the browser's memory, the page looks as it was left.
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

/** A left click, and nothing held: others open a tab or a menu. */
function isPlain(event: MouseEvent): boolean {
  return !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

/** Whether a link loads another page of this site in this tab. */
function leadsAway(link: HTMLAnchorElement): boolean {
  if (!link.href || link.target || link.hasAttribute('download')) return false;
  const to = new URL(link.href);
  if (to.origin !== location.origin) return false;
  return !to.hash || to.pathname !== location.pathname || to.search !== location.search;
}
