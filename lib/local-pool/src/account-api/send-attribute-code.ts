import { length, present } from '../constraints';
import { refused } from '../exceptions';
import { LIMIT_EXCEEDED } from '../rate-limits';
import { selfService } from '../self-service';
import { isVerifiable, sendAttributeCode } from './verification-codes';

/**
 * GetUserAttributeVerificationCode of the JSON API: sends a code again, or the first one for an
 * attribute that isn't verified automatically. To which address Cognito sends it while a change is
 * pending isn't documented; here to the new one.
 */
export const getUserAttributeVerificationCode = selfService({
  members: { AttributeName: 'string', ClientMetadata: 'string map' },
  check: ({ AttributeName }) => [
    present('attributeName', AttributeName),
    length('attributeName', AttributeName, 1, 32),
  ],
  run({ pool, account, input: { AttributeName = '' } }) {
    if (!isVerifiable(AttributeName)) {
      const message = 'Invalid attribute name. Only phone_number and email can be verified.';
      return refused('InvalidParameterException', message);
    }
    const current = account.attributes.get(AttributeName);
    const address = account.verifying.get(AttributeName) ?? current;
    if (address === undefined) {
      return refused('InvalidParameterException', `User does not have a ${AttributeName} set.`);
    }
    if (!pool.rateLimits.allow('resend-attribute', account.sub)) {
      return refused('LimitExceededException', LIMIT_EXCEEDED);
    }
    const details = sendAttributeCode(pool, account, AttributeName, address);
    return { kind: 'done', answer: { CodeDeliveryDetails: details } };
  },
});
