import type { IdentityProvider } from './federation/identity-provider';
import type { GroupDefinition } from './group-claims';
import type { KeySource } from './key-ring';
import type { Message } from './outbox';
import type { PasswordPolicy } from './password-policy';
import type { PreTokenGeneration } from './pre-token-generation';

/** An app client of the pool, with the settings of Cognito's that show on the wire. */
export interface AppClient {
  clientId: string;
  /** Absent for a public client. */
  clientSecret?: string | undefined;
  /** Callback URLs, compared byte for byte. */
  redirectUris: readonly string[];
  /** Sign-out URLs, compared byte for byte. */
  logoutUris: readonly string[];
  scopes: readonly string[];
  /** Cognito allows 300 to 86,400 s; the local pool allows any, because tests need short lives. */
  accessTokenSeconds: number;
  idTokenSeconds: number;
  /** Cognito allows 3,600 s to 10 years. Counted from the sign-in, not sliding. */
  refreshTokenSeconds: number;
  /** Refresh token rotation; absent means off, which is Cognito's default. */
  rotation?: Rotation | undefined;
  /** EnableTokenRevocation: tokens carry `jti` and `origin_jti`, and /oauth2/revoke works. */
  tokenRevocation: boolean;
  /** AllowedOAuthFlows contains `code`. */
  codeFlow: boolean;
  /** AllowedOAuthFlows contains `implicit`. */
  implicitFlow: boolean;
  /** AllowedOAuthFlows contains `client_credentials`, which needs a secret and custom scopes. */
  clientCredentialsFlow: boolean;
  /** ReadAttributes; absent means all. At Cognito custom attributes are not among the default. */
  readAttributes?: readonly string[] | undefined;
  /**
   * SupportedIdentityProviders: `COGNITO`, without which the pages have no password form, and names
   * of the pool's external ones.
   */
  identityProviders: readonly string[];
  /** Managed login needs a branding style for each client; without one /login is a 403. */
  branded: boolean;
  /** With LEGACY the pages tell that a user does not exist (facts, section 3). */
  preventUserExistenceErrors: 'ENABLED' | 'LEGACY';
}

export interface Rotation {
  /** How long a used refresh token keeps working, 0 to 60 s in Cognito. */
  graceSeconds: number;
  /**
   * Whether late reuse ends the whole family. What Cognito does is not documented
   * (cognito-facts, section 5), so it is a switch; off by default.
   */
  reuseRevokesFamily?: boolean;
}

/** Cognito's names for what stands between a user and a sign-in. */
export type UserStatus = 'CONFIRMED' | 'UNCONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED';

/** A user as the pool keeps it: attributes are strings, as in Cognito's own store. */
export interface User {
  username: string;
  /** Absent for a federated user, who signs in at the identity provider. */
  password?: string | undefined;
  /** Default: CONFIRMED. */
  status?: UserStatus | undefined;
  /** An authenticator app (TOTP); the secret in base32. */
  mfa?: { secret: string } | undefined;
  /** Made up when absent, in Cognito's own shape. */
  sub?: string | undefined;
  groups: readonly string[];
  /** `email`, `email_verified: 'true'`, `name`, `phone_number`, `custom:plan` … */
  attributes: Readonly<Record<string, string>>;
  /** A linked or federated account; the user still signs in here with the password. */
  identities?: readonly Record<string, string | null>[] | undefined;
}

export interface LocalPoolSettings {
  /** The origin on which the pool is served, e.g. `http://127.0.0.1:9339`. */
  domain: string;
  /** The `iss` of the tokens; default: `<domain>/<userPoolId>`. */
  issuer: string;
  region: string;
  userPoolId: string;
  clients: readonly AppClient[];
  users: readonly User[];
  /** The clock, in epoch seconds. */
  now: () => number;
  /** Made when first needed, unless given; a test run shares one set, which saves its CPU. */
  keys?: KeySource | undefined;
  /** Managed login knows `prompt`, `login_hint`, `lang`; the classic hosted UI ignores them. */
  hostedUi: 'managed' | 'classic';
  /**
   * MfaConfiguration. OPTIONAL challenges who has an authenticator app; ON has the others set one
   * up at their next sign-in; OFF asks nobody (facts, section 3).
   */
  mfa: 'OFF' | 'OPTIONAL' | 'ON';
  passwordPolicy: PasswordPolicy;
  /** Whether anyone may sign up: the contrary of AllowAdminCreateUserOnly. */
  selfSignUp: boolean;
  /** Told of each mail that Cognito would send now, with its code. */
  onMessage?: ((message: Message) => void) | undefined;
  /** External identity providers; a client offers those that its own list names. */
  identityProviders: readonly IdentityProvider[];
  /** Groups with a role or a precedence; a user may be in others too. */
  groups: readonly GroupDefinition[];
  /** The pre token generation trigger, V2. */
  preTokenGeneration?: PreTokenGeneration | undefined;
}

export const DEFAULT_POOL_PORT = 9339;
export const DEFAULT_POOL_ID = 'us-east-1_LocalPool';
