import type { CognitoConfig } from '../../lib/cognito/protocol/cognito-config';

type Pool = Pick<CognitoConfig, 'region' | 'userPoolId' | 'clientId'>;

/** Where the settings of an app client's hosted UI are. */
export const LOGIN_PAGES =
  'Amazon Cognito > User pools > your pool > Applications > App clients > your client > Login pages > Edit';

/**
 * A line that changes one thing of an app client. `update-user-pool-client` resets whatever it is not
 * given to its default, so all settings are read first, and sent back with the change; of what
 * `describe-user-pool-client` returns, three members are not taken. Needs jq.
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
 * A jq filter that adds texts to a list which may not be there.
 *
 * @param member e.g. `CallbackURLs`
 * @param texts to add
 */
export function adding(member: string, texts: readonly string[]): string {
  return `.${member} = ((.${member} // []) + ${JSON.stringify(texts)} | unique)`;
}

/** The arguments that name the app client. */
export function ofClient(config: Pool): string {
  return `${ofPool(config)} --client-id ${quoted(config.clientId)}`;
}

/** The arguments that name the user pool. */
export function ofPool({ region, userPoolId }: Pool): string {
  return `--region ${quoted(region)} --user-pool-id ${quoted(userPoolId)}`;
}

/** One word for a POSIX shell, whatever is in it. */
function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
