import { parseArgs } from 'node:util';

/** The stack's origins, one of which the environment is for. */
export const SITES = ['local', 'production', 'preview'] as const;
export type Site = (typeof SITES)[number];

/** The options of `npm run pool:env`. */
export interface Options {
  /** Name or ARN of the CloudFormation stack. */
  readonly stack: string;
  /** The AWS region; default: that of the AWS CLI. */
  readonly region: string | undefined;
  /** The profile of the AWS CLI; default: its own. */
  readonly profile: string | undefined;
  readonly site: Site;
  /** The file to write. */
  readonly out: string;
  /** Whether to replace other values in the file. */
  readonly force: boolean;
}

export const HELP = `npm run pool:env -- --stack NAME [options]

Writes a site's environment from the outputs of a CloudFormation stack (infra/user-pool.yaml).

  --stack NAME     the name or ARN of the stack
  --region REGION  the region of the stack (default: that of the AWS CLI)
  --profile NAME   the profile of the AWS CLI to use
  --site SITE      the site whose redirect URI to use: ${SITES.join(', ')} (default: local)
  --out FILE       the file to write (default: .env.local)
  --force          replace other COGNITO_ values in the file
  --help           show this help

It needs the AWS CLI, signed in, with permission for cloudformation:DescribeStacks and
cognito-idp:DescribeUserPoolClient. It never prints a secret, and keeps an existing SESSION_SECRET.`;

export type Parsed =
  | { readonly kind: 'run'; readonly options: Options }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

/**
 * Reads the command line.
 *
 * @param args the arguments, without `node` and the script
 * @returns the options, or one sentence that says what is wrong
 */
export function parseOptions(args: readonly string[]): Parsed {
  const values = parse(args);
  if (typeof values === 'string') return wrong(values);
  if (values.help) return { kind: 'help' };
  const { stack, region, profile, site = 'local', out = '.env.local', force = false } = values;
  if (stack === undefined)
    return wrong('--stack is missing. Add the name of the CloudFormation stack');
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
  if (!/^([a-zA-Z][-a-zA-Z0-9]{0,127}|arn:[-a-zA-Z0-9:/._+]+)$/.test(stack)) {
    return wrong(`--stack must be the name or ARN of a stack, not "${stack}"`);
  }
  if (region !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    return wrong(`--region must be an AWS region like us-west-2, not "${region}"`);
  }
  const known = SITES.find((one) => one === site);
  if (known === undefined) return wrong(`--site must be one of ${SITES.join(', ')}, not "${site}"`);
  return { kind: 'run', options: { stack, region, profile, site: known, out, force } };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        stack: { type: 'string' },
        region: { type: 'string' },
        profile: { type: 'string' },
        site: { type: 'string' },
        out: { type: 'string' },
        force: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    // Node's error message, without its advice on positional arguments.
    const [problem] = (error instanceof Error ? error.message : '').split(/\. |\n/);
    return (problem ?? '').replace(/\.$/, '');
  }
}

function wrong(problem: string): Parsed {
  return { kind: 'wrong', message: `${problem}. See --help.` };
}
