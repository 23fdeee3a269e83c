/** What a password must contain. The members are those of Cognito's `PasswordPolicy`. */
export interface PasswordPolicy {
  /** Characters, 6 to 99. */
  minimumLength: number;
  requireUppercase: boolean;
  requireLowercase: boolean;
  requireNumbers: boolean;
  requireSymbols: boolean;
}

/** Cognito's own default. */
export const DEFAULT_PASSWORD_POLICY: PasswordPolicy = {
  minimumLength: 8,
  requireUppercase: true,
  requireLowercase: true,
  requireNumbers: true,
  requireSymbols: true,
};

/** Cognito's maximum length, whatever the policy (API reference, `PasswordType`). */
const LONGEST = 256;

/**
 * Checks a new password.
 *
 * @param policy the pool's policy
 * @param password the password as typed
 * @returns null, or Cognito's message for the first rule that it breaks
 */
export function passwordFault(policy: PasswordPolicy, password: string): string | null {
  const fault = firstFault(policy, password);
  return fault === null ? null : `Password did not conform with policy: ${fault}`;
}

function firstFault(policy: PasswordPolicy, password: string): string | null {
  if (password.length < policy.minimumLength) return 'Password not long enough';
  if (password.length > LONGEST) return 'Password too long';
  if (policy.requireUppercase && !/[A-Z]/.test(password)) {
    return 'Password must have uppercase characters';
  }
  if (policy.requireLowercase && !/[a-z]/.test(password)) {
    return 'Password must have lowercase characters';
  }
  if (policy.requireNumbers && !/[0-9]/.test(password)) {
    return 'Password must have numeric characters';
  }
  // A space counts as a symbol, but not at the start or the end.
  if (policy.requireSymbols && !/[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+ -]/.test(password.trim())) {
    return 'Password must have symbol characters';
  }
  return null;
}
