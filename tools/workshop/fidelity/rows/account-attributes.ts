import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { withSettings } from '../other-targets';
import type { Target } from '../target';
import { claimsIn, membersOf } from '../wire';
import { apiUser, asUser, signedIn, write } from './api-user';

const UNAUTHORIZED =
  '400 NotAuthorizedException: A client attempted to write unauthorized attribute';
const invalid = (message: string) => `400 InvalidParameterException: ${message}`;

/** What UpdateUserAttributes says to one attribute. */
function refused(
  id: string,
  ask: string,
  attributes: Record<string, string>,
  row: Partial<Behavior> & Pick<Behavior, 'cognito' | 'source'>,
  prepare: (target: Target) => Promise<Target> = async (target) => target,
): Behavior {
  return behavior({
    needs: 'control',
    ...row,
    id: `account/${id}`,
    ask,
    observe: async (target) => {
      const user = await signedIn(await prepare(target));
      return await user.says('UpdateUserAttributes', write(attributes));
    },
  });
}

/** Reading and writing attributes through the JSON API (account-facts, section 3). */
export const ACCOUNT_ATTRIBUTES: readonly Behavior[] = [
  behavior({
    id: 'account/get-user',
    ask: 'The types in GetUser',
    cognito: 'Username: string, UserAttributes: Name string, Value string',
    source: 'api: GetUser',
    needs: 'sign-in',
    observe: async (target) => {
      const answer = await apiUser(target, (await target.tokens()).access_token).reads('GetUser');
      const types = [answer.get('UserAttributes')].flat().map((one) => {
        return [...membersOf(one)].map(([name, value]) => `${name} ${typeof value}`).join(', ');
      });
      return `Username: ${typeof answer.get('Username')}, UserAttributes: ${[...new Set(types)].join('; ')}`;
    },
  }),
  asUser(
    'account/readable',
    'GetUser, where the client may not read `name`: its `sub`, `email` and `name`',
    '<uuid>, alice@example.com, none',
    async (user, target) => {
      const readAttributes = ['email', 'email_verified', 'phone_number', 'phone_number_verified'];
      controlOf(target).changeClient({ readAttributes }, target.clientId);
      return (await user.sees('sub', 'email', 'name')).replace(/^[0-9a-f-]{36}/, '<uuid>');
    },
    { source: 'dg: attributes' },
  ),
  asUser(
    'account/update',
    'A change of `name`: the response, GetUser, and the ID token of the next refresh',
    '200 {"CodeDeliveryDetailsList":[]}, Alice Baker, Alice Baker',
    async (_, target) => {
      const { access_token, refresh_token } = await target.freshTokens();
      const user = apiUser(target, access_token);
      const wrote = await user.says('UpdateUserAttributes', write({ name: 'Alice Baker' }));
      const refreshed = membersOf(await (await target.refresh(refresh_token)).json());
      const claims = claimsIn(String(refreshed.get('id_token')));
      return `${wrote}, ${await user.sees('name')}, ${claims.get('name')}`;
    },
    { source: 'api: UpdateUserAttributes; dg: authentication flow methods' },
  ),
  asUser(
    'account/blank',
    'A blank value, which deletes the attribute',
    'done, none',
    async (user) => {
      const wrote = await user.tries('UpdateUserAttributes', write({ name: '' }));
      return `${wrote}, ${await user.sees('name')}`;
    },
    { source: 'api: UpdateUserAttributes' },
  ),
  asUser(
    'account/delete',
    'DeleteUserAttributes of a phone number: its value, and whether it is verified',
    'done, none, none',
    async (user) => {
      const names = { UserAttributeNames: ['phone_number'] };
      const deleted = await user.tries('DeleteUserAttributes', names);
      return `${deleted}, ${await user.sees('phone_number', 'phone_number_verified')}`;
    },
    { source: 'api: DeleteUserAttributes; the second is not documented', standing: unconfirmed },
  ),
  refused(
    'required',
    'A blank value for a required attribute',
    { email: '' },
    {
      cognito: invalid('Invalid user attributes: email: Required attribute cannot be deleted.'),
      source: 'obs',
    },
  ),
  ...['sub', 'email_verified', 'identities'].map((name) =>
    refused(
      `never-${name}`,
      `A write of \`${name}\``,
      { [name]: 'true' },
      {
        cognito: UNAUTHORIZED,
        source: 'dg: attributes; the text is not documented for this one',
        standing: unconfirmed,
      },
    ),
  ),
  refused(
    'write-attributes',
    'A write of `nickname` by a client whose WriteAttributes lack it',
    { nickname: 'Al' },
    { cognito: UNAUTHORIZED, source: 'obs' },
    async (target) => {
      controlOf(target).changeClient({ writeAttributes: ['name'] }, target.clientId);
      return target;
    },
  ),
  refused(
    'write-all',
    'A write of a custom attribute by a client without WriteAttributes',
    { 'custom:plan': 'gold' },
    { cognito: '200 {"CodeDeliveryDetailsList":[]}', source: 'obs: live 2026' },
  ),
  asUser(
    'account/all-or-nothing',
    'A write of `name` and of an attribute that is refused: the name afterwards',
    `${UNAUTHORIZED}, Alice Archer`,
    async (user) => {
      const both = write({ name: 'Mallory', email_verified: 'true' });
      return `${await user.says('UpdateUserAttributes', both)}, ${await user.sees('name')}`;
    },
    { source: 'not documented', standing: unconfirmed },
  ),
  refused(
    'immutable',
    'A write of an attribute that is not mutable',
    { gender: 'x' },
    {
      cognito: invalid('user.gender: Attribute cannot be updated.'),
      source: 'issue: landing-zone-accelerator-on-aws#835',
    },
    async (target) => await withSettings(target, { immutableAttributes: ['gender'] }),
  ),
  refused(
    'unknown-attribute',
    'A write of an attribute that the schema lacks',
    { shoe_size: '44' },
    {
      cognito: invalid(
        'Attributes did not conform to the schema: Type for attribute {shoe_size} could not be determined',
      ),
      source: 'double: aws-blocks',
      standing: unconfirmed,
    },
  ),
  refused(
    'email-format',
    'A write of an invalid email address',
    { email: 'nobody' },
    { cognito: invalid('Invalid email address format.'), source: 'obs: Amplify' },
  ),
  refused(
    'phone-format',
    'A write of a phone number without `+`',
    { phone_number: '0123' },
    { cognito: invalid('Invalid phone number format.'), source: 'obs: Amplify' },
  ),
];
