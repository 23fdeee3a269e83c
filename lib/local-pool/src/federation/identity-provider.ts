/** An external identity provider of the pool, with its simulated users. */
export interface IdentityProvider {
  /** The name in `identity_provider` and SupportedIdentityProviders; also the usernames' prefix. */
  name: string;
  /** The `providerType` in the claim `identities`. */
  type: 'Google' | 'Facebook' | 'LoginWithAmazon' | 'SignInWithApple' | 'OIDC' | 'SAML';
  /** Values of `idp_identifier` that select this provider; SAML and OIDC only. */
  identifiers?: readonly string[] | undefined;
  /** AttributeMapping: from the pool's attributes to the provider's claims. */
  attributeMapping: Readonly<Record<string, string>>;
  people: readonly ProviderPerson[];
}

/** A user of the provider. */
export interface ProviderPerson {
  /** The `sub`, or SAML's NameID. */
  id: string;
  /** Claims or SAML attributes, under the provider's names. */
  claims: Readonly<Record<string, string | boolean | readonly string[]>>;
}
