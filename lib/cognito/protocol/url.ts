/**
 * Parses an address. `URL.canParse` is not asked first: in Node 20 and 22 it says yes to some that the
 * constructor throws for, once it has been called a few thousand times.
 *
 * @param text anything
 * @param base to resolve a relative address by
 * @returns the URL, or undefined for what is none (WHATWG URL, section 6.1)
 */
export function asUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
