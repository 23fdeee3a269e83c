/**
 * What went wrong. Never contains a token, a code or a secret, and no text that a client sent except
 * `reason` and `host`, which `log-event.ts` cleans.
 */
export interface Failure {
  /** A `CognitoErrorCode`, or `unexpected` for any other error. */
  readonly code: string;
  readonly message: string;
  /** Which setting to check, if a wrong setting is the likely cause. */
  readonly setting?: string;
  /** Why the user pool, a Lambda trigger or an identity provider refused this browser's sign-in. */
  readonly reason?: string;
  /** The `Host` of a callback without its attempt, if it isn't the site's. */
  readonly host?: string;
}

/** What happened. `sub` identifies the user; the log line leaves it out. */
export type Happening =
  | { readonly type: 'signIn.started' }
  | { readonly type: 'signIn.finished'; readonly sub: string | undefined }
  | ({ readonly type: 'signIn.failed' } & Failure)
  /** Once for each call to the token endpoint, however many requests share its result. */
  | { readonly type: 'refresh.finished'; readonly sub: string | undefined }
  /** The user pool refused the refresh token: the user has to sign in again. */
  | { readonly type: 'refresh.ended'; readonly sub: string | undefined }
  /** Once for each request whose session couldn't be refreshed; the session is kept. */
  | ({ readonly type: 'refresh.failed' } & Failure)
  /** A page couldn't verify a session that the middleware had let through. */
  | ({ readonly type: 'session.unknown' } & Failure)
  | { readonly type: 'signOut'; readonly everywhere: boolean; readonly sub: string | undefined }
  /**
   * `revoke`: signed out here, but the refresh token is still valid. `everywhere`: nothing changed.
   */
  | ({ readonly type: 'signOut.failed'; readonly step: 'revoke' | 'everywhere' } & Failure)
  /** The user changed their account: which part, never a value. */
  | { readonly type: 'account.changed'; readonly what: string; readonly sub: string }
  | ({
      readonly type: 'account.failed';
      readonly what: string;
      readonly sub: string;
      /** Whether the user caused it, such as a wrong code: then no operator needs to act. */
      readonly byUser: boolean;
    } & Failure)
  | { readonly type: 'denied'; readonly status: number; readonly why: string }
  | { readonly type: 'notFound' }
  /** When a server starts, and for each request refused because of an invalid setting. */
  | { readonly type: 'configuration'; readonly ok: boolean; readonly wrong: readonly string[] };

/** One event, as `onEvent` gets it. */
export type AuthEvent = Happening & {
  /** ISO 8601, by this server's clock. */
  readonly time: string;
  /** `warn`: keep it for investigations. `error`: alert an operator. */
  readonly level: 'info' | 'warn' | 'error';
  /** The request's reference, as shown on its error page. */
  readonly reference?: string;
};

/**
 * Formats an event as one line of JSON for the log, without `sub`. JSON escapes line breaks and
 * quotes, so that no value can fake another log line.
 *
 * @param event from `logEvent`
 */
export function eventLine(event: AuthEvent): string {
  return JSON.stringify(event, (name, value) => (name === 'sub' ? undefined : value));
}
