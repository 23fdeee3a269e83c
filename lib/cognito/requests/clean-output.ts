/**
 * Characters that could change what a terminal shows of the log: control characters (C0 except tab
 * and line feed, and C1), separators of lines, and changes of the text's direction.
 */
const UNPRINTABLE = /(?![\t\n])[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A color or weight, after an escape character: Next itself prints these. */
const COLOR = /^\[(?:[0-4]|2[2-4]|[39][0-7]|39)m/;

/**
 * Escapes these characters in everything that this process prints. Next, too, prints
 * parts of requests, such as the header `Next-Action`.
 */
export function cleanOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = new Proxy(stream.write, {
      apply: (write, self, [text, ...rest]) => Reflect.apply(write, self, [cleaned(text), ...rest]),
    });
  }
}

/**
 * Replaces each such character with its code, such as `\u009b`.
 *
 * @param text about to be printed; other values are returned as they are
 */
export function cleaned(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  return text.replace(UNPRINTABLE, (one, at: number) => {
    if (one === '\u001b' && COLOR.test(text.slice(at + 1, at + 6))) return one;
    return `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
