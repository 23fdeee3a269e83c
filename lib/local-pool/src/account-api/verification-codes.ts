import type { Verifiable } from '../settings';
import type { PoolState } from '../state';
import type { Account } from '../users';

/** Where Cognito says that it has sent a code. */
export interface CodeDelivery {
  /** Masked, e.g. `a***@e***`. */
  Destination: string;
  DeliveryMedium: 'EMAIL' | 'SMS';
  AttributeName: Verifiable;
}

/**
 * Whether a code can verify an attribute.
 *
 * @param attribute any name
 */
export function isVerifiable(attribute: string): attribute is Verifiable {
  return attribute === 'email' || attribute === 'phone_number';
}

/**
 * Sends a code to a new or current address. The code that was sent before becomes invalid.
 *
 * @param pool the pool
 * @param account the user
 * @param attribute which of the user's addresses
 * @param address the email address or phone number to verify
 */
export function sendAttributeCode(
  pool: PoolState,
  account: Account,
  attribute: Verifiable,
  address: string,
): CodeDelivery {
  account.verifying.set(attribute, address);
  const code = pool.oneTimeCodes.issue('attribute', codeName(account, attribute));
  pool.outbox.send({
    at: pool.now(),
    to: address,
    subject: 'Your verification code',
    text: `Your verification code is ${code}.`,
    code,
  });
  const DeliveryMedium = attribute === 'email' ? 'EMAIL' : 'SMS';
  return { Destination: masked(attribute, address), DeliveryMedium, AttributeName: attribute };
}

/**
 * Forgets the code of an attribute, and the value that waits for it.
 *
 * @param pool the pool
 * @param account the user
 * @param attribute any name
 */
export function dropAttributeCode(pool: PoolState, account: Account, attribute: string): void {
  account.verifying.delete(attribute);
  pool.oneTimeCodes.drop('attribute', codeName(account, attribute));
}

/**
 * The name under which the pool keeps a code.
 *
 * @param account the user
 * @param attribute the attribute that it verifies
 */
export function codeName(account: Account, attribute: string): string {
  return `${account.sub} ${attribute}`;
}

/** The API reference shows `t***@e***`, and of a phone number the last four digits. */
function masked(attribute: Verifiable, address: string): string {
  if (attribute === 'phone_number') return `+${'*'.repeat(7)}${address.slice(-4)}`;
  const [local = '', domain = ''] = address.split('@');
  return `${local.charAt(0)}***@${domain.charAt(0)}***`;
}
