/** A visitor's cookies. */
export interface CookieJar {
  /** The `Cookie` header for a URL; empty if there are no cookies. */
  cookie(url: string): string;
  /** Stores the `Set-Cookie` lines of a response from that URL. */
  store(url: string, setCookies: readonly string[]): void;
}

/** The options of a jar's `fetch`. */
export interface JarRequest {
  /** Default: GET, or POST if there is a body. */
  method?: string;
  /** Override the headers that a browser sends when it loads a document. */
  headers?: Readonly<Record<string, string>>;
  /** A form, or any text with your own `content-type`. */
  body?: URLSearchParams | string;
}
