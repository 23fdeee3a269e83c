import { selfService } from '../self-service';
import { mfaMembers } from './mfa-members';

/**
 * GetUserAuthFactors of the JSON API. The first factors are the password, which a federated user
 * doesn't have, and passkeys.
 */
export const getUserAuthFactors = selfService({
  members: {},
  run({ account }) {
    const factors = [
      ...(account.password === undefined ? [] : ['PASSWORD']),
      ...(account.passkeys.length === 0 ? [] : ['WEB_AUTHN']),
    ];
    const answer = {
      Username: account.username,
      ...mfaMembers(account),
      ConfiguredUserAuthFactors: factors,
    };
    return { kind: 'done', answer };
  },
});
