/** An external identity provider of the pool, with its pretended people. */
export interface IdentityProvider {
  /** As `identity_provider` and SupportedIdentityProviders spell it; also the user names' prefix. */
  name: string;
  /** The `providerType` of the claim `identities`. */
  type: 'Google' | 'Facebook' | 'LoginWithAmazon' | 'SignInWithApple' | 'OIDC' | 'SAML';
  /** What `idp_identifier` may say instead of the name; SAML and OIDC only. */
  identifiers?: readonly string[] | undefined;
  /** AttributeMapping: the pool's attribute, and the provider's claim that fills it. */
  attributeMapping: Readonly<Record<string, string>>;
  people: readonly ProviderPerson[];
}

/** Somebody as the provider knows them. */
export interface ProviderPerson {
  /** `sub`, or the NameID of SAML. */
  id: string;
  /** Claims or SAML attributes, by the provider's own names. */
  claims: Readonly<Record<string, string | boolean | readonly string[]>>;
}
