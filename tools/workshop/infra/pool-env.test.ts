/** `npm run pool:env`, with an `aws` on the PATH that replies like the AWS CLI. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import { planDevelopment } from '@/tools/setup/dev/plan';
import { mergeEnv } from '@/tools/setup/pool-env/env-file';
import { parseOptions } from '@/tools/setup/pool-env/options';
import { aws, PoolEnvError, readStack } from '@/tools/setup/pool-env/stack';
import { type FakeAws, fakeAws, type Reply } from '../support/fake-aws';
import { CLIENT_SECRET, EVERYTHING, stackOf } from './stack';

const SCRIPT = 'tools/setup/pool-env.ts';
const { outputs } = stackOf({ ProductionOrigin: EVERYTHING.ProductionOrigin });
const STACK = answer({
  Stacks: [
    {
      StackStatus: 'CREATE_COMPLETE',
      Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({
        OutputKey,
        OutputValue,
      })),
    },
  ],
});
const CLIENT = answer({
  UserPoolClient: { ClientId: outputs.CognitoClientId, ClientSecret: CLIENT_SECRET },
});

let fake: FakeAws | undefined;
afterEach(() => {
  vi.unstubAllEnvs();
  fake?.remove();
});

function answer(body: object): Reply {
  return { stdout: JSON.stringify(body, null, 4) };
}

/** Runs the command once; returns its output and the content of its file. */
async function poolEnv(
  replies: Readonly<Record<string, Reply>>,
  given: { args?: string[]; before?: string } = {},
) {
  const here = fakeAws(replies);
  fake = here;
  const file = join(here.folder, '.env.local');
  if (given.before !== undefined) writeFileSync(file, given.before);
  const args = ['--stack', 'my-site', '--out', file, ...(given.args ?? [])];
  const { ok, output } = await here.run(SCRIPT, args);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  return { ok, output, text, file, calls: here.calls() };
}

const GOOD = { 'describe-stacks': STACK, 'describe-user-pool-client': CLIENT };

/** Reads an environment file: the last value of a name counts. */
function read(text: string | undefined) {
  const pairs = (text ?? '').split('\n').map((line) => line.split(/=(.*)/s).slice(0, 2));
  return Object.fromEntries(pairs.filter(([name = '']) => /^\w+$/.test(name)));
}

describe('with a stack', () => {
  test('writes an environment that the site accepts, readable by its owner only, and prints no secret', async () => {
    const { ok, output, text, file, calls } = await poolEnv(GOOD, {
      args: ['--region', 'us-west-2', '--profile', 'work', '--site', 'production'],
    });
    expect(ok, output).toBe(true);
    expect(parseConfig(read(text))).toMatchObject({
      ok: true,
      config: { origin: 'https://example.com', clientSecret: CLIENT_SECRET },
    });
    expect(planDevelopment(read(text)).kind).toBe('real-pool');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(output).not.toContain(CLIENT_SECRET);
    expect(output).not.toContain(read(text).SESSION_SECRET);
    expect(output).toMatch(
      /https:\/\/example\.com\/login.*secret of 51 characters.*a new SESSION_SECRET\.\n$/,
    );
    const asked = ['--output', 'json', '--region', 'us-west-2', '--profile', 'work'];
    expect(calls).toEqual([
      ['cloudformation', 'describe-stacks', '--stack-name', 'my-site', ...asked],
      [
        'cognito-idp',
        'describe-user-pool-client',
        '--user-pool-id',
        'us-west-2_AbCdEfGhI',
        '--client-id',
        '1example23456789abcdefghij',
        ...asked,
      ],
    ]);
  });

  test('writes no client secret for a public app client, and says so', async () => {
    const publicClient = answer({ UserPoolClient: { ClientId: outputs.CognitoClientId } });
    const { text, output } = await poolEnv({ ...GOOD, 'describe-user-pool-client': publicClient });
    expect(text).not.toContain('COGNITO_CLIENT_SECRET');
    expect(output).toContain('a public app client');
  });

  test('keeps a SESSION_SECRET and every other line, and changes nothing the second time', async () => {
    const before = '# mine\nSESSION_SECRET=the one that all sessions are sealed with\nOTHER=1\n';
    const first = await poolEnv(GOOD, { before });
    expect(first.text?.startsWith(before)).toBe(true);
    expect(first.output).toContain('the existing SESSION_SECRET');
    fake?.remove();
    const second = await poolEnv(GOOD, { before: first.text ?? '' });
    expect([second.ok, second.text]).toEqual([true, first.text]);
  });

  test('replaces the values of another user pool only with --force, and leaves none of them', async () => {
    const before = [
      'COGNITO_CLIENT_ID=anotherclient',
      'COGNITO_ISSUER=http://127.0.0.1:9339/us-east-1_LocalPool',
      'COGNITO_SCOPES=openid email',
      '',
    ].join('\n');
    const refused = await poolEnv(GOOD, { before });
    expect(refused.ok).toBe(false);
    expect(refused.text).toBe(before);
    expect(refused.output).toMatch(/other values for COGNITO_CLIENT_ID, COGNITO_ISSUER.*--force/);
    fake?.remove();
    const forced = await poolEnv(GOOD, { before, args: ['--force'] });
    expect(read(forced.text)).toMatchObject({
      COGNITO_CLIENT_ID: '1example23456789abcdefghij',
      COGNITO_ISSUER: '',
      COGNITO_SCOPES: 'openid email',
    });
  });

  test('warns if git does not ignore the file', async () => {
    const { output, file } = await poolEnv(GOOD);
    expect(output).not.toContain('Git');
    execFileSync('git', ['init', '--quiet'], { cwd: fake?.folder });
    const again = await fake?.run(SCRIPT, ['--stack', 'my-site', '--out', file]);
    expect(again?.output).toContain('Git does not ignore');
  });
}, 30_000);

/** The CLI's own messages; version 1 exits with 255 where version 2 exits with 253 or 254. */
const FAILURES: [string, Reply, RegExp][] = [
  [
    'no region',
    {
      code: 253,
      stderr:
        '\nYou must specify a region. You can also configure your region by running "aws configure".\n',
    },
    /no region.*--region/,
  ],
  [
    'no credentials',
    {
      code: 253,
      stderr:
        '\nUnable to locate credentials. You can configure credentials by running "aws configure".\n',
    },
    /not signed in.*aws sso login/,
  ],
  [
    'an expired SSO session',
    {
      code: 255,
      stderr:
        '\nThe SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile.\n',
    },
    /not signed in/,
  ],
  [
    'expired credentials',
    {
      code: 254,
      stderr:
        '\nAn error occurred (ExpiredToken) when calling the DescribeStacks operation: The security token included in the request is expired\n',
    },
    /not signed in/,
  ],
  [
    'an unknown profile',
    { code: 255, stderr: '\nThe config profile (work) could not be found\n' },
    /no profile "work"/,
  ],
  [
    'no such stack, or another region',
    {
      code: 254,
      stderr:
        '\nAn error occurred (ValidationError) when calling the DescribeStacks operation: Stack with id my-site does not exist\n',
    },
    /no such stack in us-west-2.*list-stacks/,
  ],
  [
    'no such region',
    {
      code: 255,
      stderr:
        '\nCould not connect to the endpoint URL: "https://cloudformation.us-west-9.amazonaws.com/"\n',
    },
    /cannot reach AWS in us-west-2/,
  ],
  [
    'no permission',
    {
      code: 254,
      stderr:
        '\nAn error occurred (AccessDenied) when calling the DescribeStacks operation: User: arn:aws:iam::123456789012:user/x is not authorized to perform: cloudformation:DescribeStacks\n',
    },
    /cloudformation:DescribeStacks.*cognito-idp:DescribeUserPoolClient/,
  ],
  ['something else', { code: 254, stderr: '\nRate exceeded\n' }, /failed \(254\): Rate exceeded/],
  ['no JSON', { stdout: 'hello' }, /not return JSON/],
  [
    'a stack of something else',
    answer({ Stacks: [{ StackStatus: 'CREATE_IN_PROGRESS' }] }),
    /\(CREATE_IN_PROGRESS\) has no output CognitoRegion, .*infra\/user-pool\.yaml/,
  ],
];

describe('when it fails', () => {
  test.each(FAILURES)('it says in one sentence what to do: %s', async (_, reply, words) => {
    fake = fakeAws({ 'describe-stacks': reply });
    vi.stubEnv('PATH', fake.path);
    const asked = readStack({ region: 'us-west-2', profile: 'work' }, 'my-site', 'local');
    await expect(asked).rejects.toThrow(PoolEnvError);
    await expect(asked).rejects.toThrow(words);
  });

  test('it prints that sentence without a stack trace, and writes nothing', async () => {
    const stderr =
      'An error occurred (ValidationError) when calling the DescribeStacks operation: Stack with id my-site does not exist';
    const gone = { code: 254, stderr };
    const { ok, output, text } = await poolEnv({ ...GOOD, 'describe-stacks': gone });
    expect(ok).toBe(false);
    // The other two lines show the progress.
    expect(output.trim().split('\n').length).toBe(3);
    expect(output).toMatch(/^There is no such stack in the default region of the AWS CLI\./m);
    expect(text).toBeUndefined();
  });

  test('it names the parameter if the stack does not have the chosen site', async () => {
    const { output, text } = await poolEnv(GOOD, { args: ['--site', 'preview'] });
    expect(output).toMatch(/no output CognitoRedirectUriPreview.*parameter PreviewOrigin/);
    expect(text).toBeUndefined();
  });

  test('it does not print the secret if the second call fails, or returns another app client', async () => {
    const denied = { code: 254, stderr: 'An error occurred (AccessDeniedException)' };
    const refused = await poolEnv({ ...GOOD, 'describe-user-pool-client': denied });
    expect(refused.output).toContain('cognito-idp:DescribeUserPoolClient');
    fake?.remove();
    const other = answer({ UserPoolClient: { ClientId: 'another', ClientSecret: CLIENT_SECRET } });
    const { ok, output } = await poolEnv({ ...GOOD, 'describe-user-pool-client': other });
    expect([ok, output.includes(CLIENT_SECRET)]).toEqual([false, false]);
  });

  test('it says where to get the AWS CLI if it is not installed', async () => {
    vi.stubEnv('PATH', '/nowhere');
    const asked = aws({ region: undefined, profile: undefined }, ['x', 'y']);
    await expect(asked).rejects.toThrow(/not installed.*getting-started-install/);
  });
}, 30_000);

test('a value that is in the file twice, or in quotes, is written once', () => {
  const text = 'export COGNITO_REGION="us-west-2"\nA=1\nCOGNITO_REGION=us-west-2\n';
  const options = { force: false, sessionSecret: 's'.repeat(43) };
  const merged = mergeEnv(text, { COGNITO_REGION: 'us-west-2' }, options);
  expect(merged).toMatchObject({
    kind: 'merged',
    text: `COGNITO_REGION=us-west-2\nA=1\nSESSION_SECRET=${options.sessionSecret}\n`,
  });
});

test.each([
  [[], /--stack is missing/],
  [['--stack', 'a b'], /name or ARN/],
  [['--stack', '-x'], /ambiguous|argument/],
  [['--stack', 'x', '--region', '--profile'], /ambiguous|argument/],
  [['--stack', 'x', '--region', 'Oregon'], /like us-west-2/],
  [['--stack', 'x', '--site', 'staging'], /local, production, preview/],
  [['--stack', 'x', '--wat'], /Unknown option/],
])('the command line %s is refused with one sentence', (args, words) => {
  const parsed = parseOptions(args);
  expect(parsed.kind === 'wrong' ? parsed.message : '').toMatch(words);
});
