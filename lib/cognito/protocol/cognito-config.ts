/** Everything the site knows about its user pool and app client, resolved once. */
export interface CognitoConfig {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Absent for a public app client, which PKCE alone protects. */
  readonly clientSecret: string | undefined;
  /** Origin of the hosted UI, no trailing slash. */
  readonly domain: string;
  /** Expected `iss` of every token, no trailing slash. */
  readonly issuer: string;
  /** The user pools API, for `GlobalSignOut`. */
  readonly api: string;
  /** Sent to Cognito byte for byte. */
  readonly redirectUri: string;
  readonly logoutUri: string;
  /**
   * The site's public origin: that of the redirect URI, but for a preview. `Host` and `X-Forwarded-*`
   * are never trusted for it.
   */
  readonly origin: string;
  /** Whether the public origin is https: decides `Secure`, `__Host-` and HSTS. */
  readonly secure: boolean;
  /** Space separated, as it goes into the authorize URL. */
  readonly scopes: string;
  /** As iron-session takes it: one secret, or numbered secrets of which the highest seals. */
  readonly sessionSecret: string | Readonly<Record<string, string>>;
  /** How long a session lives at most, in seconds from the sign-in. */
  readonly sessionLifetime: number;
  /** How long it lives without a request, in seconds; undefined for no such limit. */
  readonly sessionIdle: number | undefined;
  /** Whether callbacks are passed on to previews, or come passed on; undefined for neither. */
  readonly preview: PreviewRole | undefined;
}

/**
 * How a deployment takes part in sign-ins on previews. Cognito allows no wildcards in callback URLs, so
 * the one deployment whose redirect URI is registered passes callbacks on to previews: docs/decisions/0010.
 */
export type PreviewRole =
  /** Passes callbacks on to these hosts. */
  | { readonly role: 'relay'; readonly secret: string; readonly hosts: readonly string[] }
  /** Gets its callbacks passed on. */
  | { readonly role: 'preview'; readonly secret: string };
