import { type Account, aws, PoolEnvError } from './aws';
import type { Site } from './options';

/** The outputs that are the same for every site. CloudFormation allows no underscore in their names. */
export const OUTPUTS = {
  CognitoRegion: 'COGNITO_REGION',
  CognitoUserPoolId: 'COGNITO_USER_POOL_ID',
  CognitoDomain: 'COGNITO_DOMAIN',
  CognitoClientId: 'COGNITO_CLIENT_ID',
} as const;

/** The output with each site's COGNITO_REDIRECT_URI, from which the site derives its other addresses. */
export const REDIRECT_URIS: Readonly<Record<Site, string>> = {
  local: 'CognitoRedirectUriLocal',
  production: 'CognitoRedirectUriProduction',
  preview: 'CognitoRedirectUriPreview',
};

/** The template's parameter that creates each site's output. */
const ORIGINS: Readonly<Record<Site, string>> = {
  local: 'LocalOrigin',
  production: 'ProductionOrigin',
  preview: 'PreviewOrigin',
};

/**
 * Reads a stack's outputs as an environment.
 *
 * @param account region and profile
 * @param stack its name or ARN
 * @param site the site whose redirect URI to use
 * @returns `COGNITO_…` names and values; none is secret
 * @throws PoolEnvError with a message that says what is missing and how to add it
 */
export async function readStack(
  account: Account,
  stack: string,
  site: Site,
): Promise<Record<string, string>> {
  const answer = await aws(account, ['cloudformation', 'describe-stacks', '--stack-name', stack]);
  const [described] = list(answer, 'Stacks');
  const status = text(described, 'StackStatus') ?? 'no status';
  const outputs = new Map<string, string>();
  for (const output of list(described, 'Outputs')) {
    outputs.set(text(output, 'OutputKey') ?? '', text(output, 'OutputValue') ?? '');
  }

  const redirectUri = outputs.get(REDIRECT_URIS[site]);
  const missing = Object.keys(OUTPUTS).filter((key) => !outputs.get(key));
  if (missing.length > 0) {
    throw new PoolEnvError(
      `The stack (${status}) has no output ${missing.join(', ')}. Check that it uses infra/user-pool.yaml and that its deployment has finished.`,
    );
  }
  if (!redirectUri) {
    throw new PoolEnvError(
      `The stack (${status}) has no output ${REDIRECT_URIS[site]}. Deploy it again with the parameter ${ORIGINS[site]}, or choose another --site.`,
    );
  }
  const shared = Object.entries(OUTPUTS).map(([key, name]) => [name, outputs.get(key) ?? '']);
  return { ...Object.fromEntries(shared), COGNITO_REDIRECT_URI: redirectUri };
}

/**
 * Fetches the app client's secret. It isn't an output of the stack, because everyone with permission to
 * describe the stack can read its outputs.
 *
 * @param account region and profile
 * @param environment from `readStack`
 * @returns the secret; undefined for a public app client
 * @throws PoolEnvError like `aws`
 */
export async function readClientSecret(
  account: Account,
  environment: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const answer = await aws({ ...account, region: environment.COGNITO_REGION ?? account.region }, [
    'cognito-idp',
    'describe-user-pool-client',
    '--user-pool-id',
    environment.COGNITO_USER_POOL_ID ?? '',
    '--client-id',
    environment.COGNITO_CLIENT_ID ?? '',
  ]);
  const client = member(answer, 'UserPoolClient');
  if (text(client, 'ClientId') !== environment.COGNITO_CLIENT_ID) {
    throw new PoolEnvError(
      'The AWS CLI returned an app client other than the one in the stack. Try again.',
    );
  }
  const secret = text(client, 'ClientSecret');
  // The pattern of ClientSecretType, whose values need no quotes in an environment file.
  if (secret === undefined || /^[\w+]+$/.test(secret)) return secret;
  throw new PoolEnvError(
    'The client secret contains characters that Cognito does not use. Create a new client secret.',
  );
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function list(value: unknown, name: string): unknown[] {
  const found = member(value, name);
  return Array.isArray(found) ? found : [];
}

function text(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
