import { length, present } from '../constraints';
import { EMPTY, selfService } from '../self-service';
import { refuseChanges } from './attribute-change';
import { removeAttribute } from './update-user-attributes';

/** DeleteUserAttributes of the JSON API. An attribute that the user doesn't have is no error. */
export const deleteUserAttributes = selfService({
  members: { UserAttributeNames: ['string'] },
  check: ({ UserAttributeNames }) => [
    present('userAttributeNames', UserAttributeNames),
    ...(UserAttributeNames ?? []).map((name, index) =>
      length(`userAttributeNames.${index + 1}.member`, name, 1, 32),
    ),
  ],
  run({ pool, account, client, input }) {
    const names = input.UserAttributeNames ?? [];
    const problem = refuseChanges(pool, client, new Map(names.map((name) => [name, ''])));
    if (problem) return problem;
    for (const name of names) removeAttribute(pool, account, name);
    return EMPTY;
  },
});
