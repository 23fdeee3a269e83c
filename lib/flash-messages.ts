/** The messages that the next page can show. Only their names travel, so nobody can make up a text. */
export const FLASHES = {
  saved: 'Saved.',
  deleted: 'Deleted.',
  cancelled: 'Nothing was changed.',
  anotherUser: 'Nothing was changed: another user was signed in when you opened that form.',
  passwordChanged:
    'Your password is changed. To sign out your other devices, choose “Sign out everywhere”.',
  twoFactorOn: 'Two-factor authentication is on. The next sign-in asks for a code.',
  twoFactorOff: 'Two-factor authentication is off.',
  passkeyAdded: 'Your passkey is added. You can sign in with it.',
  passkeyDeleted: 'The passkey is deleted. Remove it from your device or password manager, too.',
  accountDeleted: 'Your account is deleted.',
  signedInAgain: 'You are signed in again.',
  signedOut: 'You are signed out.',
} as const;

export type Flash = keyof typeof FLASHES;
