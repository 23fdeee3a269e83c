/** What a user changed. */
export type AccountChange =
  | 'profile'
  | 'email'
  | 'phone'
  | 'password'
  | 'two-factor-on'
  | 'two-factor-off'
  | 'passkey-added'
  | 'passkey-deleted'
  | 'deleted';
