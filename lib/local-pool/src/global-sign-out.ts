import { endAllGrants } from './access';
import { EMPTY, selfService } from './self-service';

/** GlobalSignOut of the JSON API: revokes every refresh token of the user. */
export const globalSignOut = selfService({
  members: {},
  run({ pool, account }) {
    endAllGrants(pool, account.username);
    return EMPTY;
  },
});
