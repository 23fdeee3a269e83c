import { parseArgs } from 'node:util';

/** Which of the stack's origins the environment is for. */
export const SITES = ['local', 'production', 'preview'] as const;
export type Site = (typeof SITES)[number];

/** What `npm run pool:env` was asked for. */
export interface Options {
  /** Name or ARN of the CloudFormation stack. */
  readonly stack: string;
  /** Default: as the AWS CLI is configured. */
  readonly region: string | undefined;
  /** A profile of the AWS CLI; default: as it is configured. */
  readonly profile: string | undefined;
  readonly site: Site;
  /** The file to write. */
  readonly out: string;
  /** Whether other values of the file may be replaced. */
  readonly force: boolean;
}

export const HELP = `Writes the environment of a site from the outputs of a CloudFormation stack (infra/user-pool.yaml).

  npm run pool:env -- --stack NAME [options]

  --stack NAME     the stack
  --region REGION  where it is; otherwise as the AWS CLI is configured
  --profile NAME   a profile of the AWS CLI
  --site SITE      ${SITES.join(', ')}: whose redirect URI (local)
  --out FILE       the file to write (.env.local)
  --force          replace other COGNITO_ values that are in the file
  --help           this

It needs the AWS CLI, signed in, with cloudformation:DescribeStacks and
cognito-idp:DescribeUserPoolClient. No secret is printed. A SESSION_SECRET that is there stays.`;

export type Parsed =
  | { readonly kind: 'run'; readonly options: Options }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

/**
 * Reads the command line.
 *
 * @param args without `node` and the script
 * @returns the options, or one sentence that says what is wrong with them
 */
export function parseOptions(args: readonly string[]): Parsed {
  const values = parse(args);
  if (typeof values === 'string') return wrong(values);
  if (values.help) return { kind: 'help' };
  const { stack, region, profile, site = 'local', out = '.env.local', force = false } = values;
  if (stack === undefined) return wrong('--stack is missing: the name of the CloudFormation stack');
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
  if (!/^([a-zA-Z][-a-zA-Z0-9]{0,127}|arn:[-a-zA-Z0-9:/._+]+)$/.test(stack)) {
    return wrong(`--stack must be the name or ARN of a stack, not "${stack}"`);
  }
  if (region !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    return wrong(`--region must be an AWS region like us-west-2, not "${region}"`);
  }
  const known = SITES.find((one) => one === site);
  if (known === undefined) return wrong(`--site must be ${SITES.join(', ')}, not "${site}"`);
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
    // Node's message, without its advice on positional arguments.
    const [problem] = (error instanceof Error ? error.message : '').split(/\. |\n/);
    return (problem ?? '').replace(/\.$/, '');
  }
}

function wrong(problem: string): Parsed {
  return { kind: 'wrong', message: `${problem}. See --help.` };
}
