'use client';

import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';

/** With JavaScript, stores the choice without a page load. */
export function ThemeForm(props: { className: string | undefined; children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null);
  // A static page is rendered without the choice, and reads it from where `show` keeps it.
  useEffect(() => {
    if (form.current) show(form.current, document.documentElement.dataset.theme ?? 'system');
  }, []);
  return (
    <form
      ref={form}
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
  show(event.currentTarget, value);
  // The response redirects to this page, so ignore it. If the request fails, only the choice is lost.
  const body = new URLSearchParams({ theme: value });
  fetch('/theme', { method: 'POST', body, redirect: 'manual' }).catch(() => undefined);
}

function show(form: HTMLFormElement, theme: string): void {
  keep(document.documentElement.dataset, theme);
  for (const button of form.querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.value === theme));
  }
  try {
    keep(localStorage, theme);
  } catch {
    // Storage is blocked: static pages follow the system's theme.
  }
}

function keep(place: DOMStringMap | Storage, theme: string): void {
  if (theme === 'system') delete place.theme;
  else place.theme = theme;
}
