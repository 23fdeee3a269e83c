import { length, present } from '../constraints';
import { selfService } from '../self-service';
import type { Verifiable } from '../settings';
import type { PoolState } from '../state';
import type { Account } from '../users';
import { refuseChanges } from './attribute-change';
import {
  type CodeDelivery,
  dropAttributeCode,
  isVerifiable,
  sendAttributeCode,
} from './verification-codes';

/**
 * UpdateUserAttributes of the JSON API. All or nothing: an attribute that is refused changes none
 * of the others.
 */
export const updateUserAttributes = selfService({
  members: { UserAttributes: [{ Name: 'string', Value: 'string' }], ClientMetadata: 'string map' },
  check: ({ UserAttributes }) => [
    present('userAttributes', UserAttributes),
    ...(UserAttributes ?? []).flatMap(({ Name, Value }, index) => {
      const member = `userAttributes.${index + 1}.member`;
      return [
        present(`${member}.name`, Name),
        length(`${member}.name`, Name, 1, 32),
        length(`${member}.value`, Value, 0, 2048),
      ];
    }),
  ],
  run({ pool, account, client, input }) {
    const sent = input.UserAttributes ?? [];
    const changes = new Map(sent.map(({ Name = '', Value = '' }) => [Name, Value]));
    const problem = refuseChanges(pool, client, changes);
    if (problem) return problem;
    const deliveries: CodeDelivery[] = [];
    for (const [attribute, value] of changes) {
      if (value === '') removeAttribute(pool, account, attribute);
      else if (!isVerifiable(attribute)) account.attributes.set(attribute, value);
      else deliveries.push(...changeAddress(pool, account, attribute, value));
    }
    return { kind: 'done', answer: { CodeDeliveryDetailsList: deliveries } };
  },
});

/**
 * Deletes an attribute. What Cognito does with `email_verified` and `phone_number_verified` isn't
 * documented: without an address they go, too.
 *
 * @param pool the pool
 * @param account the user
 * @param attribute any name
 */
export function removeAttribute(pool: PoolState, account: Account, attribute: string): void {
  account.attributes.delete(attribute);
  if (!isVerifiable(attribute)) return;
  account.attributes.delete(`${attribute}_verified`);
  dropAttributeCode(pool, account, attribute);
}

/**
 * Changes an email address or a phone number, now or once its code has been entered (account
 * facts, section 3). Writing the current, verified value cancels a change that is pending, which is
 * our choice.
 */
function changeAddress(
  pool: PoolState,
  account: Account,
  attribute: Verifiable,
  value: string,
): CodeDelivery[] {
  const { attributes } = account;
  const { autoVerified, verifyBeforeUpdate } = pool.settings;
  dropAttributeCode(pool, account, attribute);
  const isVerified = attributes.get(`${attribute}_verified`) === 'true';
  if (isVerified && attributes.get(attribute) === value) return [];
  const sendsCode = autoVerified.includes(attribute);
  if (!sendsCode || !verifyBeforeUpdate.includes(attribute)) {
    attributes.set(attribute, value);
    attributes.set(`${attribute}_verified`, 'false');
  }
  return sendsCode ? [sendAttributeCode(pool, account, attribute, value)] : [];
}
