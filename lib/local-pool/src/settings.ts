import type { IdentityProvider } from './federation/identity-provider';
import type { GroupDefinition } from './group-claims';
import type { KeySource } from './key-ring';
import type { Message } from './outbox';
import type { PasswordPolicy } from './password-policy';
import type { PreTokenGeneration } from './pre-token-generation';

/** An app client of the pool, with those of Cognito's settings that affect the protocol. */
export interface AppClient {
  clientId: string;
  /** Absent for a public client. */
  clientSecret?: string | undefined;
  /** Callback URLs, compared byte for byte. */
  redirectUris: readonly string[];
  /** Sign-out URLs, compared byte for byte. */
  logoutUris: readonly string[];
  scopes: readonly string[];
  /** Cognito allows 300 to 86,400 s; the local pool allows any, for short tests. */
  accessTokenSeconds: number;
  idTokenSeconds: number;
  /** Cognito allows 3,600 s to 10 years, counted from the sign-in; a refresh doesn't extend it. */
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
  /** ReadAttributes; absent means all. Cognito's default excludes custom attributes. */
  readAttributes?: readonly string[] | undefined;
  /**
   * WriteAttributes: what users may change of themselves, besides required attributes. Absent means
   * all that can be changed, custom ones too.
   */
  writeAttributes?: readonly string[] | undefined;
  /**
   * SupportedIdentityProviders: `COGNITO`, without which the pages have no password form, and the
   * names of external providers.
   */
  identityProviders: readonly string[];
  /** Whether the client has a branding style. Without one, managed login returns 403 at /login. */
  branded: boolean;
  /** With LEGACY the pages reveal that a user doesn't exist (facts, section 3). */
  preventUserExistenceErrors: 'ENABLED' | 'LEGACY';
}

export interface Rotation {
  /** How long a used refresh token still works; Cognito allows 0 to 60 s. */
  graceSeconds: number;
  /**
   * Whether reuse after the grace period revokes the whole family. What Cognito does isn't
   * documented (facts, section 5). Default: off.
   */
  reuseRevokesFamily?: boolean;
}

/** Cognito's names for what a user must do before they can sign in. */
export type UserStatus = 'CONFIRMED' | 'UNCONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED';

/** A user as the pool stores it. All attributes are strings, as in Cognito. */
export interface User {
  username: string;
  /** Absent for a federated user, who signs in at the identity provider. */
  password?: string | undefined;
  /** Default: CONFIRMED. */
  status?: UserStatus | undefined;
  /** An authenticator app (TOTP); the secret in base32. */
  mfa?: { secret: string } | undefined;
  /** Default: a random one in Cognito's format. */
  sub?: string | undefined;
  groups: readonly string[];
  /** `email`, `email_verified: 'true'`, `name`, `phone_number`, `custom:plan` … */
  attributes: Readonly<Record<string, string>>;
  /**
   * Linked or federated accounts. The user can still sign in with the password, if there is one.
   */
  identities?: readonly Record<string, string | null>[] | undefined;
}

/** The attributes that a code can verify. */
export type Verifiable = 'email' | 'phone_number';

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
  /** Default: generated when first needed. A test run shares one set to save CPU time. */
  keys?: KeySource | undefined;
  /** Managed login supports `prompt`, `login_hint` and `lang`; the classic UI ignores them. */
  hostedUi: 'managed' | 'classic';
  /**
   * MfaConfiguration. OPTIONAL challenges users with an authenticator app. ON also makes the others
   * set one up at their next sign-in. OFF challenges no one (facts, section 3).
   */
  mfa: 'OFF' | 'OPTIONAL' | 'ON';
  /**
   * AllowedFirstAuthFactors contains `WEB_AUTHN`, and every client allows `ALLOW_USER_AUTH`. Default:
   * off, as in a new user pool. Only managed login has passkeys.
   */
  passkeys: boolean;
  passwordPolicy: PasswordPolicy;
  /** AutoVerifiedAttributes: a change of one of these sends a code. */
  autoVerified: readonly Verifiable[];
  /**
   * AttributesRequireVerificationBeforeUpdate: the old value stays until the code verifies the new
   * one. Of attributes that aren't in `autoVerified` it has no effect.
   */
  verifyBeforeUpdate: readonly Verifiable[];
  /** Attributes that no user can delete. The sign-up page only asks for `email`. */
  requiredAttributes: readonly string[];
  /** Attributes with `Mutable: false`. */
  immutableAttributes: readonly string[];
  /** The custom attributes of the schema, e.g. `custom:plan`; absent means any. */
  customAttributes?: readonly string[] | undefined;
  /** Whether users may sign up themselves: the opposite of AllowAdminCreateUserOnly. */
  selfSignUp: boolean;
  /** Called with each email that Cognito would send, including its code. */
  onMessage?: ((message: Message) => void) | undefined;
  /** External identity providers. A client offers only those that its own list names. */
  identityProviders: readonly IdentityProvider[];
  /** Groups with a role or a precedence. Users can be in other groups too. */
  groups: readonly GroupDefinition[];
  /** The pre token generation trigger, V2. */
  preTokenGeneration?: PreTokenGeneration | undefined;
}

export const DEFAULT_POOL_PORT = 9339;
export const DEFAULT_POOL_ID = 'us-east-1_LocalPool';
