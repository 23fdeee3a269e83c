/** The cookies that a browser would hold for the user pool's domain, which has one path and one host. */
export interface CookieJar {
  /** The `Cookie` header. */
  header(): string;
  value(name: string): string | undefined;
  set(name: string, value: string): void;
  /** Takes over what a response sets, and drops what it ends. */
  store(response: Response): void;
}

/** An empty jar. */
export function createCookieJar(): CookieJar {
  const cookies = new Map<string, string>();
  return {
    header: () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    value: (name) => cookies.get(name),
    set: (name, value) => void cookies.set(name, value),
    store(response) {
      for (const line of response.headers.getSetCookie()) {
        const [pair = '', ...attributes] = line.split(';');
        const name = pair.slice(0, pair.indexOf('=')).trim();
        const value = pair.slice(pair.indexOf('=') + 1).trim();
        // A cookie that is to go comes with a date long past, or no life.
        const ends = attributes.some((one) =>
          /^\s*(max-age=0\b|expires=\w+, 0?1.jan.1970)/i.test(one),
        );
        if (ends) cookies.delete(name);
        else cookies.set(name, value);
      }
    },
  };
}
