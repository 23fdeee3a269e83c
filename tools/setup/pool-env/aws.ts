import { execFile } from 'node:child_process';

/** What stops this command, in words for the person who gave it. */
export class PoolEnvError extends Error {}

/** Where and as whom the AWS CLI asks. */
export interface Account {
  readonly region: string | undefined;
  readonly profile: string | undefined;
}

/**
 * Asks AWS through the CLI that the person has, as an argument list and without a shell.
 *
 * @param account where and as whom; what is undefined is as the CLI is configured
 * @param args service, operation and its options, without output format
 * @returns the answer, parsed from JSON
 * @throws PoolEnvError that says what to do; never with anything of an answer in it
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
      'The AWS CLI answered with something that is not JSON. Is `aws` an alias?',
    );
  }
}

interface Finished {
  /** The exit code, or the system's word for why it did not start. */
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[]): Promise<Finished> {
  // Version 2 shows every answer in a pager where there is a terminal; version 1 has no option for it.
  const env = { ...process.env, AWS_PAGER: '', AWS_CLI_AUTO_PROMPT: 'off' };
  return new Promise((resolve) => {
    execFile('aws', [...args], { env, maxBuffer: 8 << 20 }, (error, stdout, stderr) => {
      resolve({ code: error ? (error.code ?? 'killed') : 0, stdout, stderr });
    });
  });
}

const INSTALL = 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html';

/** What the CLI says in each case, as versions 1 and 2 word it, and what to do then. */
const CASES: readonly [RegExp, (account: Account) => string][] = [
  [
    /config profile \(.*\) could not be found/,
    ({ profile }) =>
      `The AWS CLI has no profile "${profile ?? ''}". \`aws configure list-profiles\` names them.`,
  ],
  [
    /must specify a region|NoRegion/i,
    () => 'The AWS CLI has no region. Give the one of the stack: --region us-west-2.',
  ],
  [
    /Unable to locate credentials|Error loading SSO Token|SSO session .*(expired|invalid)|Token has expired|ExpiredToken|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|AuthFailure/,
    ({ profile }) => {
      const as = profile === undefined ? '' : ` --profile ${profile}`;
      return `The AWS CLI is not signed in. Run \`aws sso login${as}\`, or \`aws configure${as}\` for access keys, and try again.`;
    },
  ],
  [
    /AccessDenied|not authorized to perform/,
    () =>
      'AWS refuses this account. It needs cloudformation:DescribeStacks on the stack and cognito-idp:DescribeUserPoolClient on the user pool.',
  ],
  [
    /Stack with id .* does not exist/,
    ({ region }) => {
      const here = region === undefined ? 'the region that the AWS CLI is set to' : region;
      return `There is no such stack in ${here}. Give its region with --region; \`aws cloudformation list-stacks\` names those of one.`;
    },
  ],
  [
    /Could not connect to the endpoint URL|EndpointConnectionError/,
    ({ region }) =>
      `The AWS CLI reaches no AWS${region === undefined ? '' : ` in ${region}`}. Is there such a region, and a network?`,
  ],
];

function explain(code: number | string, stderr: string, account: Account): string {
  if (code === 'ENOENT') {
    return `The AWS CLI is not installed: there is no \`aws\` on the PATH. Install it from ${INSTALL}, sign in, and try again.`;
  }
  const found = CASES.find(([words]) => words.test(stderr));
  if (found) return found[1](account);
  const lines = stderr.split('\n').map((line) => line.trim());
  const said = lines.find((line) => line !== '') ?? 'nothing';
  return `The AWS CLI ended with ${code} and said: ${said.slice(0, 300)}`;
}
