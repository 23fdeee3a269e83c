import { mayRead } from '../readable-attributes';
import { selfService } from '../self-service';
import type { AppClient } from '../settings';
import type { Account } from '../users';
import { mfaMembers } from './mfa-members';

/** GetUser of the JSON API: the attributes that the client may read, whatever the token's scopes. */
export const getUser = selfService({
  members: {},
  run({ account, client }) {
    const answer = {
      Username: account.username,
      UserAttributes: attributesOf(account, client),
      ...mfaMembers(account),
    };
    return { kind: 'done', answer };
  },
});

/** `sub` is always readable. A linked or federated user has `identities`, as JSON in a string. */
function attributesOf(account: Account, client: AppClient): { Name: string; Value: string }[] {
  const { sub, attributes, identities } = account;
  const linked: [string, string][] =
    identities.length === 0 ? [] : [['identities', JSON.stringify(identities)]];
  const readable = [...attributes, ...linked].filter(([name]) => mayRead(client, name));
  return [['sub', sub] as const, ...readable].map(([Name, Value]) => ({ Name, Value }));
}
