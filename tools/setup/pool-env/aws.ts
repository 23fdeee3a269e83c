import { execFile } from 'node:child_process';

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
