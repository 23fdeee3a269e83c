import type { CognitoConfig } from '../../lib/cognito/protocol/cognito-config';

type Pool = Pick<CognitoConfig, 'region' | 'userPoolId' | 'clientId'>;

/** The console page with an app client's hosted UI settings. */
export const LOGIN_PAGES =
  'Amazon Cognito > User pools > your pool > Applications > App clients > your client > Login pages > Edit';

/**
 * A shell line that changes one setting of an app client. `update-user-pool-client` resets every setting
 * that it isn't given to its default, so the line reads all settings first and sends them back with the
 * change. It drops the three members of `describe-user-pool-client` that the update rejects. Needs jq.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
 *
 * @param config the user pool and the app client
 * @param change a jq filter over the app client, e.g. `.EnableTokenRevocation = true`
 */
export function updateClient(config: Pool, change: string): string {
  const filter = `del(.ClientSecret, .CreationDate, .LastModifiedDate) | ${change}`;
  return [
    `aws cognito-idp describe-user-pool-client ${ofClient(config)} --query UserPoolClient --output json`,
    `jq ${quoted(filter)} > app-client.json`,
  ]
    .join(' | ')
    .concat(
      ` && aws cognito-idp update-user-pool-client --region ${quoted(config.region)} --cli-input-json file://app-client.json`,
    );
}

/**
 * A jq filter that adds strings to a list, which may be missing.
 *
 * @param member e.g. `CallbackURLs`
 * @param texts the strings to add
 */
export function adding(member: string, texts: readonly string[]): string {
  return `.${member} = ((.${member} // []) + ${JSON.stringify(texts)} | unique)`;
}

/** The arguments that select the app client. */
export function ofClient(config: Pool): string {
  return `${ofPool(config)} --client-id ${quoted(config.clientId)}`;
}

/** The arguments that select the user pool. */
export function ofPool({ region, userPoolId }: Pool): string {
  return `--region ${quoted(region)} --user-pool-id ${quoted(userPoolId)}`;
}

/** Quotes a text as one word for a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
