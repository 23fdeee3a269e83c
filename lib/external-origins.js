/**
 * What pages may load from other origins, by directive of the Content-Security-Policy, in development and in production
 * alike. Everything else is blocked, and `npm run dev` prints which line to add. An origin has no path:
 * `https://images.example.com`, `https://*.example.com`, or `http://localhost:4000`.
 *
 * @type {Readonly<Record<'img-src' | 'media-src' | 'font-src' | 'style-src' | 'connect-src' | 'frame-src', readonly string[]>>}
 */
export const externalOrigins = {
  /** `<img>`, `<Image>` and images in styles. */
  'img-src': [],
  /** `<video>` and `<audio>`. */
  'media-src': [],
  'font-src': [],
  /** Style sheets. */
  'style-src': [],
  /** `fetch`, `EventSource` and, with `wss://`, `WebSocket`. */
  'connect-src': [],
  /** `<iframe>`. */
  'frame-src': [],
};
