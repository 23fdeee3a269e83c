/** The site's configuration of its user pool, its app client and its sessions. */
export interface CognitoConfig {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Undefined for a public app client, which PKCE alone protects. */
  readonly clientSecret: string | undefined;
  /** The origin of the hosted UI, without a trailing slash. */
  readonly domain: string;
  /** The expected `iss` of every token, without a trailing slash. */
  readonly issuer: string;
  /** The origin of the user pools API, for `GlobalSignOut`. */
  readonly api: string;
  /** Sent to Cognito byte for byte. */
  readonly redirectUri: string;
  readonly logoutUri: string;
  /**
   * The site's public origin: the redirect URI's, or on a preview `PREVIEW_ORIGIN`. It is never
   * taken from `Host` or `X-Forwarded-*`.
   */
  readonly origin: string;
  /** Whether the public origin is https. Turns on `Secure`, `__Host-` and HSTS. */
  readonly secure: boolean;
  /** Separated by spaces, as in the authorize URL. */
  readonly scopes: string;
  /** One secret, or numbered secrets of which the highest number seals; iron-session's format. */
  readonly sessionSecret: string | Readonly<Record<string, string>>;
  /** How long a session can last after sign-in, in seconds. */
  readonly sessionLifetime: number;
  /** How long a session can last without a request, in seconds; undefined for no limit. */
  readonly sessionIdle: number | undefined;
  /** This deployment's role in sign-ins on previews; undefined if it has none. */
  readonly preview: PreviewRole | undefined;
}

/**
 * The role of a deployment in sign-ins on previews. Cognito allows no wildcards in callback URLs,
 * so the deployment whose redirect URI is registered forwards callbacks to previews.
 * See docs/decisions/0010.
 */
export type PreviewRole =
  /** Forwards callbacks to these hosts. */
  | { readonly role: 'relay'; readonly secret: string; readonly hosts: readonly string[] }
  /** Receives forwarded callbacks. */
  | { readonly role: 'preview'; readonly secret: string };
