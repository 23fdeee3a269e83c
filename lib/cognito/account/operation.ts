/** The operations that a user may call with an access token alone. */
export type Operation =
  | 'AssociateSoftwareToken'
  | 'ChangePassword'
  | 'DeleteUser'
  | 'DeleteWebAuthnCredential'
  | 'GetUser'
  | 'GetUserAttributeVerificationCode'
  | 'GetUserAuthFactors'
  | 'ListWebAuthnCredentials'
  | 'SetUserMFAPreference'
  | 'UpdateUserAttributes'
  | 'VerifySoftwareToken'
  | 'VerifyUserAttribute';
