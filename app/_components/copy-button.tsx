'use client';

import { useState } from 'react';

/** How long the button shows the result, in milliseconds. */
const SAID_FOR = 2000;

/**
 * Copies the text of a code element. Style that element with `user-select: all`, for visitors without
 * JavaScript. If the browser denies access to the clipboard, the text is selected instead.
 *
 * @param props.from the element's id
 * @param props.what a name for the text, for screen readers
 */
export function CopyButton({ from, what }: { from: string; what: string }) {
  const [said, say] = useState('');

  async function copy(): Promise<void> {
    const code = document.getElementById(from);
    if (!code) return;
    try {
      await navigator.clipboard.writeText(code.textContent);
      say('Copied');
    } catch {
      getSelection()?.selectAllChildren(code);
      say('Selected');
    }
    setTimeout(say, SAID_FOR, '');
  }

  return (
    <span className="scripted">
      <button type="button" className="button quiet small" onClick={copy}>
        <span aria-hidden="true">{said || 'Copy'}</span>
        <span className="visually-hidden">Copy {what}</span>
      </button>
      <span role="status" className="visually-hidden">
        {said}
      </span>
    </span>
  );
}
