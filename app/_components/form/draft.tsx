'use client';

import { useEffect, useRef } from 'react';

/** The start of the keys in `sessionStorage`. */
const PREFIX = 'draft:';

/**
 * Keeps what a user types in the surrounding form, so that a sign-in, an outage or a crash loses
 * nothing. It stays in this tab (`sessionStorage`) until the form is saved. Signing out deletes it, and
 * so does the next user who opens a form in this tab.
 *
 * @param props.owner from `ownerTag`
 * @param props.name of the form and what it edits, such as `note:<id>`
 * @param props.keep whether the server has sent newer values, which the draft must not replace
 */
export function Draft({ owner, name, keep }: { owner: string; name: string; keep?: boolean }) {
  const mark = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const form = mark.current?.closest('form');
    if (!form) return;
    const key = `${PREFIX}${owner}:${name}`;
    tolerate(() => {
      dropDrafts((each) => !each.startsWith(`${PREFIX}${owner}:`));
      if (!keep) fill(form, JSON.parse(sessionStorage.getItem(key) ?? '[]'));
    });
    const onInput = () =>
      tolerate(() => {
        const typed = [...new FormData(form)].filter(([field]) => isTyped(form, field));
        sessionStorage.setItem(key, JSON.stringify(typed));
      });
    form.addEventListener('input', onInput);
    return () => form.removeEventListener('input', onInput);
  }, [owner, name, keep]);
  return <span ref={mark} hidden />;
}

/**
 * Deletes the draft of a form that has been saved, and removes the query that says so from the address:
 * a later draft must not be deleted when the user returns to it.
 *
 * @param props as those of `Draft`; several names separated by spaces
 */
export function ForgetDraft({ owner, names }: { owner: string; names: string }) {
  useEffect(() => {
    tolerate(() => {
      for (const name of names.split(' ')) sessionStorage.removeItem(`${PREFIX}${owner}:${name}`);
    });
    history.replaceState(history.state, '', location.pathname);
  }, [owner, names]);
  return null;
}

function dropDrafts(which: (key: string) => boolean): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && which(key)) sessionStorage.removeItem(key);
  }
}

/** Whether a field is one that users type into: never a hidden field, a password or a file. */
function isTyped(form: HTMLFormElement, field: string): boolean {
  const control = form.elements.namedItem(field);
  if (control instanceof HTMLTextAreaElement) return true;
  return (
    control instanceof HTMLInputElement && /^(text|search|url|email|tel|number)$/.test(control.type)
  );
}

function fill(form: HTMLFormElement, draft: unknown): void {
  if (!Array.isArray(draft)) return;
  for (const [field, value] of draft) {
    const control = form.elements.namedItem(String(field));
    const typed = control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement;
    if (typed && isTyped(form, String(field))) control.value = String(value);
  }
}

/** Browsers that block storage throw when a page uses it: then there are no drafts. */
function tolerate(use: () => void): void {
  try {
    use();
  } catch {
    // The form itself works without drafts.
  }
}
