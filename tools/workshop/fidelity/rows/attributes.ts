import { type Behavior, behavior, CannotShow } from '../behavior';
import { controlOf } from '../control';
import { claimsIn } from '../wire';

/** The type of a claim that not every user has. */
function typeOf(name: string, scope: string, cognito: string): Behavior {
  return behavior({
    id: `attributes/${name.replaceAll(':', '-')}`,
    ask: `The type of \`${name}\`, scope \`${scope}\``,
    cognito,
    source: 'dg: ID token',
    needs: 'sign-in',
    observe: async (target) => {
      const claims = claimsIn((await target.tokens()).id_token);
      if (!claims.has(name)) throw new CannotShow(`the test user's ID token has no ${name}`);
      const value = claims.get(name);
      return Array.isArray(value) ? `list of ${typeof value[0]}s` : typeof value;
    },
  });
}

/** The attributes of the seeded user that some scopes return. */
function opened(id: string, scope: string, cognito: string): Behavior {
  return behavior({
    id: `attributes/scope-${id}`,
    ask: `The attributes in the ID token with \`${scope}\``,
    cognito,
    source: 'dg: scopes',
    needs: 'control',
    observe: async (target) => {
      const { id_token } = await target.freshTokens({ scope });
      return attributesIn(claimsIn(id_token));
    },
  });
}

function attributesIn(claims: ReadonlyMap<string, unknown>): string {
  const names = ['email', 'email_verified', 'name', 'phone_number', 'phone_number_verified'];
  return names.filter((name) => claims.has(name)).join(', ') || 'none';
}

/** A user's attributes and groups in the ID token (cognito-facts, section 9). */
export const ATTRIBUTES: readonly Behavior[] = [
  typeOf('email', 'email', 'string'),
  typeOf('email_verified', 'email', 'boolean'),
  typeOf('phone_number', 'phone', 'string'),
  typeOf('phone_number_verified', 'phone', 'boolean'),
  typeOf('name', 'profile', 'string'),
  typeOf('cognito:groups', 'openid', 'list of strings'),
  behavior({
    id: 'attributes/custom',
    ask: 'A custom attribute with a number, and one with a boolean',
    cognito: '"7", "true"',
    source: 'dg: ID token',
    needs: 'control',
    observe: async (target) => {
      const attributes = { 'custom:level': '7', 'custom:beta': 'true' };
      controlOf(target).setAttributes(target.username, attributes);
      const claims = claimsIn((await target.freshTokens()).id_token);
      return ['custom:level', 'custom:beta']
        .map((name) => JSON.stringify(claims.get(name)))
        .join(', ');
    },
  }),
  behavior({
    id: 'attributes/custom-scope',
    ask: 'The same attributes without the scope `profile`',
    cognito: 'absent',
    source: 'dg: scopes',
    needs: 'control',
    observe: async (target) => {
      controlOf(target).setAttributes(target.username, { 'custom:level': '7' });
      const { id_token } = await target.freshTokens({ scope: 'openid email' });
      return claimsIn(id_token).has('custom:level') ? 'present' : 'absent';
    },
  }),
  behavior({
    id: 'attributes/unset',
    ask: 'Attributes that are not set',
    cognito: 'none',
    source: 'dg: ID token',
    needs: 'control',
    observe: async (target) => {
      const unset = { email: null, email_verified: null, phone_number: null, name: null };
      const control = controlOf(target);
      control.setAttributes(target.username, { ...unset, phone_number_verified: null });
      return attributesIn(claimsIn((await target.freshTokens()).id_token));
    },
  }),
  opened('email', 'openid email', 'email, email_verified'),
  opened('phone', 'openid phone', 'phone_number, phone_number_verified'),
  opened('profile', 'openid profile', 'name'),
  opened('openid', 'openid', 'email, email_verified, name, phone_number, phone_number_verified'),
];
