import { execFile } from 'node:child_process';
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

/** An error with a message for the user of this command. */
export class PoolEnvError extends Error {}

/** The region and the profile for the AWS CLI. */
export interface Account {
  readonly region: string | undefined;
  readonly profile: string | undefined;
}

/**
 * Calls AWS through the installed CLI, with an argument list and without a shell.
 *
 * @param account region and profile; if undefined, the CLI uses its defaults
 * @param args service, operation and its options, without the output format
 * @returns the response, parsed from JSON
 * @throws PoolEnvError with a message that says what to do, and no part of a response
 */
export async function aws(account: Account, args: readonly string[]): Promise<unknown> {
  const { region, profile } = account;
  const { code, stdout, stderr } = await run([
    ...args,
    '--output',
    'json',
    ...(region === undefined ? [] : ['--region', region]),
    ...(profile === undefined ? [] : ['--profile', profile]),
  ]);
  if (code !== 0) throw new PoolEnvError(explain(code, stderr, account));
  try {
    return JSON.parse(stdout);
  } catch {
    throw new PoolEnvError(
      'The AWS CLI did not return JSON. Check that `aws` on your PATH is the AWS CLI.',
    );
  }
}

interface Finished {
  /** The exit code, or the system's error code if it did not start. */
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[]): Promise<Finished> {
  // In a terminal, version 2 shows its output in a pager. Version 1 has no option to turn that off.
  const env = { ...process.env, AWS_PAGER: '', AWS_CLI_AUTO_PROMPT: 'off' };
  return new Promise((resolve) => {
    execFile('aws', [...args], { env, maxBuffer: 8 << 20 }, (error, stdout, stderr) => {
      resolve({ code: error ? (error.code ?? 'killed') : 0, stdout, stderr });
    });
  });
}

const INSTALL = 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html';

/** Error messages of the CLI, in versions 1 and 2, and what to tell the user. */
const CASES: readonly [RegExp, (account: Account) => string][] = [
  [
    /config profile \(.*\) could not be found/,
    ({ profile }) =>
      `The AWS CLI has no profile "${profile ?? ''}". List the profiles with \`aws configure list-profiles\`.`,
  ],
  [
    /must specify a region|NoRegion/i,
    () =>
      'The AWS CLI has no region configured. Add the region of the stack, e.g. --region us-west-2.',
  ],
  [
    /Unable to locate credentials|Error loading SSO Token|SSO session .*(expired|invalid)|Token has expired|ExpiredToken|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|AuthFailure/,
    ({ profile }) => {
      const as = profile === undefined ? '' : ` --profile ${profile}`;
      return `The AWS CLI is not signed in. Run \`aws sso login${as}\`, or \`aws configure${as}\` for access keys, then try again.`;
    },
  ],
  [
    /AccessDenied|not authorized to perform/,
    () =>
      'AWS denied access. Your account needs cloudformation:DescribeStacks on the stack and cognito-idp:DescribeUserPoolClient on the user pool.',
  ],
  [
    /Stack with id .* does not exist/,
    ({ region }) => {
      const here = region === undefined ? 'the default region of the AWS CLI' : region;
      return `There is no such stack in ${here}. Check the name, or add its region with --region. \`aws cloudformation list-stacks\` lists the stacks in a region.`;
    },
  ],
  [
    /Could not connect to the endpoint URL|EndpointConnectionError/,
    ({ region }) =>
      `The AWS CLI cannot reach AWS${region === undefined ? '' : ` in ${region}`}. Check the region and your network connection.`,
  ],
];

function explain(code: number | string, stderr: string, account: Account): string {
  if (code === 'ENOENT') {
    return `The AWS CLI is not installed: there is no \`aws\` on the PATH. Install it from ${INSTALL}, sign in, then try again.`;
  }
  const found = CASES.find(([words]) => words.test(stderr));
  if (found) return found[1](account);
  const lines = stderr.split('\n').map((line) => line.trim());
  const said = lines.find((line) => line !== '') ?? 'no error message';
  return `The AWS CLI failed (${code}): ${said.slice(0, 300)}`;
}
