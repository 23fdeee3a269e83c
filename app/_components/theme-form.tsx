'use client';

import type { FormEvent, ReactNode } from 'react';

/** With JavaScript, stores the choice without a page load. */
export function ThemeForm(props: { className: string | undefined; children: ReactNode }) {
  return (
    <form
      action="/theme"
      method="post"
      className={props.className}
      aria-label="Theme"
      onSubmit={change}
    >
      {props.children}
    </form>
  );
}

function change(event: FormEvent<HTMLFormElement>): void {
  const submitter = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null;
  if (!(submitter instanceof HTMLButtonElement)) return;
  event.preventDefault();
  const { value } = submitter;
  if (value === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
  for (const button of event.currentTarget.querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button === submitter));
  }
  // The response redirects to this page, so ignore it. If the request fails, only the choice is lost.
  const body = new URLSearchParams({ theme: value });
  fetch('/theme', { method: 'POST', body, redirect: 'manual' }).catch(() => undefined);
}
