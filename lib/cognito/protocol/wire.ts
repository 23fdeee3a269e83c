/** The part of `fetch` that this folder uses. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** Settles after this many milliseconds. */
export type Wait = (milliseconds: number) => Promise<void>;
