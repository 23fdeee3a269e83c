/** Somebody's cookies, whoever keeps them. */
export interface CookieJar {
  /** The `Cookie` header for an address; empty for none. */
  cookie(url: string): string;
  /** Takes the `Set-Cookie` lines of an answer from that address. */
  store(url: string, setCookies: readonly string[]): void;
}

/** What a jar's own `fetch` sends. */
export interface JarRequest {
  /** Default: GET, or POST if there is a body. */
  method?: string;
  /** Over those of a browser that loads a document. */
  headers?: Readonly<Record<string, string>>;
  /** A form, or any text with a `content-type` of yours. */
  body?: URLSearchParams | string;
}
