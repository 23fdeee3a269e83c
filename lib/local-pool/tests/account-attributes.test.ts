import { describe, expect, it } from 'vitest';
import { sessionOf, signInToApi } from './api';
import {
  CONFIDENTIAL,
  claimsOf,
  FOREIGN,
  signInForTokens,
  startPool,
  startPoolWith,
} from './support';

const SUB = '34c84488-e0e1-70ae-d2ee-991ad1a898c8';
const UNAUTHORIZED = 'NotAuthorizedException: A client attempted to write unauthorized attribute';
const write = (attributes: Record<string, string | undefined>) => ({
  UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
});

describe('GetUser', () => {
  it('returns the name and the attributes, without members for MFA', async () => {
    const session = await signInToApi(await startPool());
    expect(await session.done('GetUser')).toEqual({
      Username: 'alice',
      UserAttributes: [
        { Name: 'sub', Value: SUB },
        { Name: 'email', Value: 'alice@example.com' },
        { Name: 'email_verified', Value: 'true' },
        { Name: 'name', Value: 'Alice Archer' },
        { Name: 'phone_number', Value: '+12065550100' },
        { Name: 'phone_number_verified', Value: 'true' },
      ],
    });
  });

  it('returns only what the app client may read', async () => {
    const pool = await startPoolWith({
      readAttributes: ['email', 'email_verified', 'phone_number', 'phone_number_verified'],
    });
    const session = await signInToApi(pool);
    expect(Object.keys(await session.attributes())).toEqual([
      'sub',
      'email',
      'email_verified',
      'phone_number',
      'phone_number_verified',
    ]);
  });

  it('shows a federated user their identities, as JSON in a string', async () => {
    const identities = [{ providerName: 'Google', userId: '7' }];
    const gina = { username: 'google_7', groups: [], attributes: {}, identities };
    const pool = await startPool({ users: [gina] });
    const { access_token } = await pool.mint('google_7');
    const session = sessionOf(pool, access_token);
    expect(JSON.parse((await session.attributes()).identities ?? '')).toEqual(identities);
  });
});

describe('UpdateUserAttributes', () => {
  it('changes attributes; tokens show them after the next refresh only', async () => {
    const pool = await startPool();
    const session = await signInToApi(pool);
    const changes = write({ name: 'Alice Baker', nickname: 'Al', 'custom:plan': 'free' });
    const answer = await session.done('UpdateUserAttributes', changes);
    expect(answer).toEqual({ CodeDeliveryDetailsList: [] });
    expect(await session.attributes()).toMatchObject({
      name: 'Alice Baker',
      nickname: 'Al',
      'custom:plan': 'free',
    });
    expect(claimsOf((await signInForTokens(pool)).id_token).name).toBe('Alice Baker');
    expect(pool.outbox()).toEqual([]);
  });

  it('deletes an attribute whose value is blank or missing, but no required one', async () => {
    const session = await signInToApi(await startPool());
    await session.done('UpdateUserAttributes', write({ name: '' }));
    expect(await session.attributes()).not.toHaveProperty('name');
    await session.done('UpdateUserAttributes', write({ phone_number: undefined }));
    const left = Object.keys(await session.attributes());
    expect(left).toEqual(['sub', 'email', 'email_verified']);
    expect(await session.refusal('UpdateUserAttributes', write({ email: '' }))).toBe(
      'InvalidParameterException: Invalid user attributes: email: Required attribute cannot be deleted.',
    );
  });

  it.each([
    'sub',
    'username',
    'email_verified',
    'phone_number_verified',
    'identities',
    'dev:custom:role',
  ])('never lets anyone write %s', async (name) => {
    const session = await signInToApi(await startPool());
    const before = await session.attributes();
    const changes = write({ nickname: 'Al', [name]: 'true' });
    expect(await session.refusal('UpdateUserAttributes', changes)).toBe(UNAUTHORIZED);
    expect(await session.attributes()).toEqual(before);
  });

  it('with a list in the app client, allows those on it and required ones', async () => {
    const session = await signInToApi(await startPoolWith({ writeAttributes: ['name'] }));
    await session.done('UpdateUserAttributes', write({ name: 'A', email: 'a@example.com' }));
    for (const name of ['nickname', 'custom:role', 'unheard_of']) {
      const changes = write({ name: 'B', [name]: 'admin' });
      expect(await session.refusal('UpdateUserAttributes', changes)).toBe(UNAUTHORIZED);
    }
    expect((await session.attributes()).name).toBe('A');
  });

  it.each([
    ['email', 'nobody', 'Invalid email address format.'],
    ['phone_number', '0123', 'Invalid phone number format.'],
    [
      'birthdate',
      '1.1.2000',
      'Attributes did not conform to the schema: birthdate: String must be 10 characters long',
    ],
    [
      'shoe_size',
      '44',
      'Attributes did not conform to the schema: Type for attribute {shoe_size} could not be determined',
    ],
    [
      'custom:role',
      'admin',
      'Attributes did not conform to the schema: Type for attribute {custom:role} could not be determined',
    ],
    ['gender', 'x', 'user.gender: Attribute cannot be updated.'],
  ])('refuses %s = %s', async (name, value, message) => {
    const pool = await startPool({
      customAttributes: ['custom:plan'],
      immutableAttributes: ['gender'],
    });
    const session = await signInToApi(pool);
    const before = await session.attributes();
    const said = await session.refusal(
      'UpdateUserAttributes',
      write({ nickname: 'Al', [name]: value }),
    );
    expect(said).toBe(`InvalidParameterException: ${message}`);
    expect(await session.attributes()).toEqual(before);
  });

  it('repeats in its message what is too long, and what is missing', async () => {
    const session = await signInToApi(await startPool());
    const long = 'x'.repeat(2049);
    expect(await session.refusal('UpdateUserAttributes', write({ name: long }))).toBe(
      `InvalidParameterException: 1 validation error detected: Value '${long}' at 'userAttributes.1.member.value' failed to satisfy constraint: Member must have length less than or equal to 2048`,
    );
    expect(await session.refusal('UpdateUserAttributes')).toBe(
      "InvalidParameterException: 1 validation error detected: Value null at 'userAttributes' failed to satisfy constraint: Member must not be null",
    );
    const nameless = { UserAttributes: [{ Value: 'x' }, { Name: 'n'.repeat(33), Value: 'x' }] };
    expect(await session.refusal('UpdateUserAttributes', nameless)).toMatch(
      /^InvalidParameterException: 2 validation errors detected: /,
    );
  });

  it('affects the user of the token alone', async () => {
    const pool = await startPool();
    const bob = await signInToApi(pool, { username: 'bob', password: 'Bob-password-1' });
    const before = await bob.attributes();
    const alice = await signInToApi(pool);
    await alice.done('UpdateUserAttributes', { ...write({ name: 'X' }), Username: 'bob' });
    expect(await bob.attributes()).toEqual(before);
  });
});

describe('DeleteUserAttributes', () => {
  it('deletes attributes, and ignores those that are not set', async () => {
    const session = await signInToApi(await startPool());
    const names = { UserAttributeNames: ['name', 'nickname', 'phone_number'] };
    expect(await session.done('DeleteUserAttributes', names)).toEqual({});
    expect(Object.keys(await session.attributes())).toEqual(['sub', 'email', 'email_verified']);
  });

  it.each([
    [
      'email',
      'InvalidParameterException: Invalid user attributes: email: Required attribute cannot be deleted.',
    ],
    ['sub', UNAUTHORIZED],
    ['email_verified', UNAUTHORIZED],
    ['nickname', UNAUTHORIZED],
  ])('refuses to delete %s', async (name, refused) => {
    const client = { ...CONFIDENTIAL, writeAttributes: ['name'] };
    const session = await signInToApi(await startPool({ clients: [client, FOREIGN] }));
    const before = await session.attributes();
    const names = { UserAttributeNames: ['name', name] };
    expect(await session.refusal('DeleteUserAttributes', names)).toBe(refused);
    expect(await session.attributes()).toEqual(before);
  });
});
