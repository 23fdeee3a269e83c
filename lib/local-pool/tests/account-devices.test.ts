import { describe, expect, it } from 'vitest';
import { signInToApi } from './api';
import { startPool } from './support';

const NO_DEVICE = 'ResourceNotFoundException: Device does not exist.';
const NO_PASSKEYS = 'WebAuthnNotEnabledException: WebAuthn is not enabled for this user pool.';

describe('remembered devices', () => {
  it('do not exist after a sign-in on the pages', async () => {
    const session = await signInToApi(await startPool());
    expect(await session.done('ListDevices', { Limit: 60 })).toEqual({ Devices: [] });
    const key = { DeviceKey: 'us-east-1_34c84488-e0e1-70ae' };
    expect(await session.refusal('ForgetDevice', key)).toBe(NO_DEVICE);
    expect(await session.refusal('UpdateDeviceStatus', key)).toBe(NO_DEVICE);
  });

  it('have a limit of 60, and a key of a certain form', async () => {
    const session = await signInToApi(await startPool());
    expect(await session.refusal('ListDevices', { Limit: 61 })).toBe(
      "InvalidParameterException: 1 validation error detected: Value '61' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 60",
    );
    expect(await session.refusal('ListDevices', { Limit: 1.5 })).toMatch(/^SerializationException/);
    expect(await session.refusal('ForgetDevice', { DeviceKey: 'x' })).toMatch(
      /^InvalidParameterException: .*'deviceKey'/,
    );
    expect(await session.refusal('ForgetDevice')).toMatch(/^InvalidParameterException: .*null/);
  });
});

describe('passkeys', () => {
  it('are an empty list, and every change is refused while the pool has none', async () => {
    const session = await signInToApi(await startPool());
    expect(await session.done('ListWebAuthnCredentials')).toEqual({ Credentials: [] });
    const passkey = { CredentialId: 'x' };
    expect(await session.refusal('DeleteWebAuthnCredential', passkey)).toBe(NO_PASSKEYS);
    expect(await session.refusal('StartWebAuthnRegistration')).toBe(NO_PASSKEYS);
    const credential = { Credential: { id: 'x', response: { transports: ['usb'] } } };
    expect(await session.refusal('CompleteWebAuthnRegistration', credential)).toBe(NO_PASSKEYS);
    expect(await session.refusal('ListWebAuthnCredentials', { MaxResults: -1 })).toContain(
      'Member must have value greater than or equal to 0',
    );
  });
});
