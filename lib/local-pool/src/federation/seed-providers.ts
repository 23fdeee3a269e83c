import type { IdentityProvider } from './identity-provider';

/** The default providers: a social one and a SAML one, each with two simulated users. */
export function seedIdentityProviders(): IdentityProvider[] {
  return [
    {
      name: 'Google',
      type: 'Google',
      attributeMapping: {
        email: 'email',
        email_verified: 'email_verified',
        name: 'name',
        picture: 'picture',
      },
      people: [
        // Google's ids have 21 digits.
        googlePerson('104729183650274918365', 'gina@example.com', 'Gina Green'),
        googlePerson('115038472916503847291', 'gus@example.com', 'Gus Grover'),
      ],
    },
    {
      name: 'ExampleCorp',
      type: 'SAML',
      identifiers: ['corp.example.com'],
      attributeMapping: { email: 'email', name: 'displayName' },
      people: [
        samlPerson('erin@corp.example.com', 'Erin Evans'),
        samlPerson('ed@corp.example.com', 'Ed Ellis'),
      ],
    },
  ];
}

function googlePerson(id: string, email: string, name: string) {
  const picture = `https://pictures.example.com/${id}`;
  return { id, claims: { email, email_verified: true, name, picture } };
}

/** The NameID is the email address, as in many companies. */
function samlPerson(email: string, displayName: string) {
  return { id: email, claims: { email, displayName, groups: ['staff', 'all hands'] } };
}
