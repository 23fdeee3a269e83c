import { length, matching, present } from '../constraints';
import { refused } from '../exceptions';
import { CODE_PROBLEMS } from '../one-time-codes';
import { LIMIT_EXCEEDED } from '../rate-limits';
import { EMPTY, selfService } from '../self-service';
import type { PoolState } from '../state';
import type { Account } from '../users';
import { codeName, dropAttributeCode } from './verification-codes';

const EXCEPTIONS = { wrong: 'CodeMismatchException', expired: 'ExpiredCodeException' } as const;

/**
 * VerifyUserAttribute of the JSON API: the right code verifies the address to which it was sent,
 * and makes it the user's, if the pool keeps the old one until then.
 */
export const verifyUserAttribute = selfService({
  members: { AttributeName: 'string', Code: 'string' },
  check: ({ AttributeName, Code }) => [
    present('attributeName', AttributeName),
    length('attributeName', AttributeName, 1, 32),
    present('code', Code),
    matching('code', Code, '[\\S]+'),
    length('code', Code, 1, 2048),
  ],
  run({ pool, account, input: { AttributeName = '', Code = '' } }) {
    if (!pool.rateLimits.allow('verify-attribute', account.sub)) {
      return refused('LimitExceededException', LIMIT_EXCEEDED);
    }
    // Without one, no code was ever sent, or an administrator has changed the address since.
    const address = account.verifying.get(AttributeName);
    const name = codeName(account, AttributeName);
    const result =
      address === undefined ? 'expired' : pool.oneTimeCodes.check('attribute', name, Code);
    if (result === 'expired') dropAttributeCode(pool, account, AttributeName);
    if (address === undefined || result !== 'right') {
      const problem = result === 'wrong' ? 'wrong' : 'expired';
      return refused(EXCEPTIONS[problem], CODE_PROBLEMS[problem]);
    }
    account.verifying.delete(AttributeName);
    if (AttributeName === 'email' && isTaken(pool, account, address)) {
      const message = 'An account with the given email already exists.';
      return refused('AliasExistsException', message);
    }
    account.attributes.set(AttributeName, address);
    account.attributes.set(`${AttributeName}_verified`, 'true');
    return EMPTY;
  },
});

/** A verified email address is an alias, which only one user who isn't federated can have. */
function isTaken(pool: PoolState, account: Account, email: string): boolean {
  return pool.users.list().some((other) => {
    if (other === account || other.password === undefined) return false;
    if (other.attributes.get('email_verified') !== 'true') return false;
    return other.attributes.get('email')?.toLowerCase() === email.toLowerCase();
  });
}
