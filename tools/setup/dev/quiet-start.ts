import { stripVTControlCharacters } from 'node:util';

/**
 * What Next prints at every start, whose content is in our own message, in a decision (the file convention:
 * `docs/decisions`), or in next.config.js. Everything else is shown.
 */
const EVERY_START = [
  /^▲ Next\.js /,
  /^- Local: /,
  /^- Network: +https?:\/\/(127\.0\.0\.1|\[::1\]|localhost)[:/]/,
  /^✓ (Ready|Running next\.config\.js|Starting)\b/,
  /^⚠ The "middleware" file convention is deprecated/,
  /^To migrate automatically, run:$/,
  /^npx @next\/codemod@\S+ middleware-to-proxy/,
  /^Learn more: https:\/\/nextjs\.org\/docs\/messages\/middleware-to-proxy$/,
  /^- Experiments \(use with caution\):$/,
  /^[✓·⨯] (authInterrupts|prefetchInlining|proxyClientMaxBodySize|serverActions)\b/,
  /^○ Compiling \S+ \.\.\.$/,
  // The site has just said the same in words, if something is wrong.
  /^\{.*"type":"configuration"/,
];

/** The line for the request that waits for the site. */
const OWN_REQUEST = /^GET \/ \d{3} in /;

/** Leaves out what Next prints at every start. */
export interface QuietStart {
  /** Takes output of Next, and returns what to show of it. */
  filter(text: string): string;
  /** From now on, everything is shown except the line for our own request. */
  started(): void;
  /** Returns the rest: the last line, if it has no end. */
  rest(): string;
}

/**
 * Creates a filter for one output stream of `next dev`.
 */
export function createQuietStart(): QuietStart {
  let starting = true;
  let ownRequest = true;
  let partial = '';

  const isShown = (line: string) => {
    const plain = stripVTControlCharacters(line).trim();
    // Next shows the cursor again when it ends. It was never hidden.
    if (plain === '' && line.trim() !== '') return false;
    if (ownRequest && OWN_REQUEST.test(plain)) {
      ownRequest = false;
      return false;
    }
    return !starting || (plain !== '' && !EVERY_START.some((known) => known.test(plain)));
  };
  return {
    filter(text) {
      const lines = (partial + text).split('\n');
      partial = lines.pop() ?? '';
      return lines
        .filter(isShown)
        .map((line) => `${line}\n`)
        .join('');
    },
    started() {
      starting = false;
    },
    rest() {
      const last = partial;
      partial = '';
      return stripVTControlCharacters(last).trim() === '' ? '' : last;
    },
  };
}
