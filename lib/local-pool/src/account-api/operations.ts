import { globalSignOut } from '../global-sign-out';
import type { Operation } from '../operation';
import { changePassword } from './change-password';
import { deleteUser } from './delete-user';
import { deleteUserAttributes } from './delete-user-attributes';
import { forgetDevice, listDevices, updateDeviceStatus } from './devices';
import { getUser } from './get-user';
import { getUserAuthFactors } from './get-user-auth-factors';
import {
  completeWebAuthnRegistration,
  deleteWebAuthnCredential,
  listWebAuthnCredentials,
  startWebAuthnRegistration,
} from './passkeys';
import { getUserAttributeVerificationCode } from './send-attribute-code';
import { setUserMfaPreference } from './set-user-mfa-preference';
import { associateSoftwareToken, verifySoftwareToken } from './software-token';
import { updateUserAttributes } from './update-user-attributes';
import { verifyUserAttribute } from './verify-user-attribute';

/** What users can do with their own account and an access token, by operation. */
export const ACCOUNT_OPERATIONS: readonly (readonly [string, Operation])[] = [
  ['GetUser', getUser],
  ['UpdateUserAttributes', updateUserAttributes],
  ['DeleteUserAttributes', deleteUserAttributes],
  ['GetUserAttributeVerificationCode', getUserAttributeVerificationCode],
  ['VerifyUserAttribute', verifyUserAttribute],
  ['ChangePassword', changePassword],
  ['AssociateSoftwareToken', associateSoftwareToken],
  ['VerifySoftwareToken', verifySoftwareToken],
  ['SetUserMFAPreference', setUserMfaPreference],
  ['GetUserAuthFactors', getUserAuthFactors],
  ['ListDevices', listDevices],
  ['ForgetDevice', forgetDevice],
  ['UpdateDeviceStatus', updateDeviceStatus],
  ['StartWebAuthnRegistration', startWebAuthnRegistration],
  ['CompleteWebAuthnRegistration', completeWebAuthnRegistration],
  ['ListWebAuthnCredentials', listWebAuthnCredentials],
  ['DeleteWebAuthnCredential', deleteWebAuthnCredential],
  ['GlobalSignOut', globalSignOut],
  ['DeleteUser', deleteUser],
];
