'use client';

import type { FormEvent, ReactNode } from 'react';

/** Sends the choice without leaving the page, where there is JavaScript. */
export function ThemeForm(props: { className: string | undefined; children: ReactNode }) {
  return (
    <form
      action="/theme"
      method="post"
      className={props.className}
      aria-label="Colours"
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
  // The answer leads back to this page, which is here already. If it gets lost, only the choice does.
  const body = new URLSearchParams({ theme: value });
  fetch('/theme', { method: 'POST', body, redirect: 'manual' }).catch(() => undefined);
}
