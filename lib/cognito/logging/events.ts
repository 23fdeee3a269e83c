/** What went wrong, in words of ours: never a token, a code, a secret, or a stranger's text. */
export interface Failure {
  /** A `CognitoErrorCode`, or `unexpected` for an error that is not ours. */
  readonly code: string;
  readonly message: string;
  /** Which setting to look at, where one is to blame. */
  readonly setting?: string;
}

/** What happened. `sub` says to whom, and is left out of the log's line. */
export type Happening =
  | { readonly type: 'signIn.started' }
  | { readonly type: 'signIn.finished'; readonly sub: string | undefined }
  | ({ readonly type: 'signIn.failed' } & Failure)
  /** Once for each call to the token endpoint, however many requests share its result. */
  | { readonly type: 'refresh.finished'; readonly sub: string | undefined }
  /** The user pool refused the refresh token: the person signs in again. */
  | { readonly type: 'refresh.ended'; readonly sub: string | undefined }
  /** Once for each request that had to do without: the session is kept. */
  | ({ readonly type: 'refresh.failed' } & Failure)
  /** A page could not verify the session that the middleware had let in. */
  | ({ readonly type: 'session.unknown' } & Failure)
  | { readonly type: 'signOut'; readonly everywhere: boolean; readonly sub: string | undefined }
  /** `revoke`: signed out here, but the refresh token lives on. `everywhere`: nothing was changed. */
  | ({ readonly type: 'signOut.failed'; readonly step: 'revoke' | 'everywhere' } & Failure)
  | { readonly type: 'denied'; readonly status: number; readonly why: string }
  | { readonly type: 'notFound' }
  /** When a server starts, and for each request that a wrong setting refuses. */
  | { readonly type: 'configuration'; readonly ok: boolean; readonly wrong: readonly string[] };

/** One event, as `onEvent` gets it. */
export type AuthEvent = Happening & {
  /** ISO 8601, by this server's clock. */
  readonly time: string;
  /** `warn`: somebody should be able to find it. `error`: somebody should be woken by it. */
  readonly level: 'info' | 'warn' | 'error';
  /** Of the request: the same as on its error page. */
  readonly reference?: string;
};

/**
 * One line of JSON for the log: the event without the person. Line breaks and quotes are escaped, so
 * that nothing in it can pretend to be another line.
 *
 * @param event from `logEvent`
 */
export function eventLine(event: AuthEvent): string {
  return JSON.stringify(event, (name, value) => (name === 'sub' ? undefined : value));
}
