import type { AccountFailure, AccountProblem, PasswordRule } from '@/lib/cognito';

/** What the user reads. No text tells whether an account exists, and none repeats what was typed. */
const TEXTS: Readonly<Record<AccountProblem, string>> = {
  signed_out: 'You are signed out. Sign in again.',
  missing_scope:
    'Your sign-in doesn’t allow this. Sign out and in again. If that doesn’t help, the site operator has to allow the scope aws.cognito.signin.user.admin.',
  reset_required:
    'Your password must be reset first. Sign out, then choose “Forgot your password?”.',
  wrong_password: 'The current password is wrong.',
  password_policy: 'Choose another password.',
  password_reused: 'You have used this password before. Choose another one.',
  password_not_allowed: 'You sign in with another provider, which manages your password.',
  not_writable: 'This site doesn’t let you change this.',
  value_required: 'A required field is empty.',
  invalid_value: 'This value is not accepted. Check it for typing errors.',
  taken: 'This email address, phone number or name can’t be used. Choose another one.',
  code_wrong: 'This code is wrong. Check the latest message.',
  code_expired: 'This code has expired. Request a new one.',
  delivery_failed: 'The message with the code could not be sent. Try again later.',
  totp_code_wrong: 'This code is wrong. Wait for the next one in your app.',
  totp_not_available: 'This site doesn’t support authenticator apps.',
  totp_not_set_up: 'Set up an authenticator app first.',
  passkeys_not_available: 'This site doesn’t support passkeys.',
  passkey_refused: 'This passkey can’t be used here.',
  passkey_expired: 'That took too long. Start again.',
  not_found: 'This has already been deleted.',
  conflict: 'Another change was made at the same time. Try again.',
  too_many_attempts: 'Too many attempts. Wait a few minutes, then try again.',
  throttled: 'Too many people are doing this right now. Try again in a minute.',
  refused_by_trigger: 'This change was refused. Contact the site operator.',
  blocked: 'This request was blocked. Contact the site operator.',
  misconfigured: 'This site is not set up for this. Contact the site operator.',
  unavailable:
    'The sign-in service is not responding. You are still signed in. If you were changing something, check whether it was saved before you try again.',
  unknown: 'This didn’t work. Try again later.',
};

const RULES: Readonly<Record<PasswordRule, string>> = {
  length: 'Use a longer password.',
  uppercase: 'Add an uppercase letter.',
  lowercase: 'Add a lowercase letter.',
  number: 'Add a number.',
  symbol: 'Add a symbol, such as ! or -.',
  unknown: 'This password is not accepted. Try a longer one.',
};

/** In words for the user. */
export function textOf(failure: AccountFailure): string {
  return failure.problem === 'password_policy' ? RULES[failure.rule] : TEXTS[failure.problem];
}
