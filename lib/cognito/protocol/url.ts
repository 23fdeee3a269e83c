/**
 * Parses a URL without throwing. It doesn't use `URL.canParse`: in Node 20 and 22, after a few
 * thousand calls, that returns true for some texts that the constructor throws for.
 *
 * @param text any text
 * @param base to resolve a relative URL against
 * @returns the URL, or undefined if the text isn't a valid URL (WHATWG URL, section 6.1)
 */
export function asUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
