import { createHash } from 'node:crypto';
import type { ProviderAnswer } from './federation-state';
import type { IdentityProvider, ProviderPerson } from './identity-provider';

/**
 * Reads a form of the provider's page: `cancel`, a listed `person`, or an `email` with optional
 * `name` and `id`.
 *
 * @param provider the provider
 * @param form the posted form
 * @returns the provider's response; null if the form contains no choice
 */
export function answerOf(provider: IdentityProvider, form: URLSearchParams): ProviderAnswer | null {
  if (form.has('cancel')) return { kind: 'cancelled', provider: provider.name };
  const listed = form.get('person');
  const person =
    listed === null ? ownPerson(provider, form) : provider.people.find(({ id }) => id === listed);
  return person ? { kind: 'person', provider: provider.name, person } : null;
}

/** A user with claims under the names that the provider's attribute mapping uses. */
function ownPerson(provider: IdentityProvider, form: URLSearchParams): ProviderPerson | null {
  const email = (form.get('email') ?? '').trim();
  if (email === '') return null;
  const { attributeMapping } = provider;
  const name = (form.get('name') ?? '').trim();
  const claims = new Map<string, string | boolean>();
  const claim = (attribute: string, value: string | boolean) => {
    const named = attributeMapping[attribute];
    if (named !== undefined && value !== '') claims.set(named, value);
  };
  claim('email', email);
  claim('email_verified', true);
  claim('name', name);
  const asked = (form.get('id') ?? '').trim();
  return { id: asked || idFor(provider, email), claims: Object.fromEntries(claims) };
}

/** The same email address always gets the same id: 21 digits, or for SAML the address itself. */
function idFor(provider: IdentityProvider, email: string): string {
  if (provider.type === 'SAML') return email;
  const digest = createHash('sha256').update(email.toLowerCase()).digest('hex');
  return `1${(BigInt(`0x${digest}`) % 10n ** 20n).toString().padStart(20, '0')}`;
}
