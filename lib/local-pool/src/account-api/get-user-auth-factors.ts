import { selfService } from '../self-service';
import { mfaMembers } from './mfa-members';

/**
 * GetUserAuthFactors of the JSON API. The only first factor here is the password, which a federated
 * user doesn't have.
 */
export const getUserAuthFactors = selfService({
  members: {},
  run({ account }) {
    const factors = account.password === undefined ? [] : ['PASSWORD'];
    const answer = {
      Username: account.username,
      ...mfaMembers(account),
      ConfiguredUserAuthFactors: factors,
    };
    return { kind: 'done', answer };
  },
});
