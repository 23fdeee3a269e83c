/** Runs the real AWS CLI, if it is installed, against an AWS that this test simulates on loopback. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { run } from '@/tools/setup/child.js';
import { readClientSecret, readStack } from '@/tools/setup/pool-env/stack';
import { CLIENT_SECRET, stackOf } from './stack';

const version = spawnSync('aws', ['--version'], { encoding: 'utf8' });
const { outputs } = stackOf();
const ACCOUNT = { region: 'us-west-2', profile: undefined };

let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const home = mkdtempSync(join(tmpdir(), 'aws-home-'));

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => {
  server.close();
  rmSync(home, { recursive: true });
});

/** Simulates AWS: the CLI uses example credentials, and this server as its only endpoint. */
function simulateAws(handler: typeof answer): void {
  answer = handler;
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const settings = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'an example',
    AWS_MAX_ATTEMPTS: '1',
    AWS_CONFIG_FILE: join(home, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
}

/** An error response of CloudFormation. */
function cloudFormationError(status: number, code: string, message: string): typeof answer {
  const xml = `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>x</RequestId></ErrorResponse>`;
  return (_, response) => response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
}

describe.skipIf(version.status !== 0)(
  'with the AWS CLI (skipped if it is not installed)',
  () => {
    test('pool:env reads a stack and fetches the secret', async () => {
      const members = Object.entries(outputs).map(
        ([key, value]) =>
          `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
      );
      const xml = `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>my-site</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-11-28T00:00:00Z</CreationTime><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
      const client = { ClientId: outputs.CognitoClientId, ClientSecret: CLIENT_SECRET };
      const targets: unknown[] = [];
      simulateAws((request, response) => {
        const target = request.headers['x-amz-target'];
        targets.push(target);
        if (target === undefined) response.writeHead(200, { 'content-type': 'text/xml' }).end(xml);
        else response.writeHead(200).end(JSON.stringify({ UserPoolClient: client }));
      });
      const environment = await readStack(ACCOUNT, 'my-site', 'local');
      expect(environment).toMatchObject({
        COGNITO_USER_POOL_ID: outputs.CognitoUserPoolId,
        COGNITO_REDIRECT_URI: 'http://localhost:3000/login',
      });
      expect(await readClientSecret(ACCOUNT, environment)).toBe(CLIENT_SECRET);
      expect(targets).toEqual([
        undefined,
        'AWSCognitoIdentityProviderService.DescribeUserPoolClient',
      ]);
    });

    test.each<[string, typeof answer, RegExp]>([
      [
        'a stack that does not exist',
        cloudFormationError(400, 'ValidationError', 'Stack with id my-site does not exist'),
        /no such stack in us-west-2/,
      ],
      [
        'expired credentials',
        cloudFormationError(
          403,
          'ExpiredToken',
          'The security token included in the request is expired',
        ),
        /not signed in/,
      ],
      [
        'unknown credentials',
        cloudFormationError(
          403,
          'InvalidClientTokenId',
          'The security token included in the request is invalid.',
        ),
        /not signed in/,
      ],
      [
        'no permission',
        cloudFormationError(
          403,
          'AccessDenied',
          'User is not authorized to perform: cloudformation:DescribeStacks',
        ),
        /needs cloudformation:DescribeStacks/,
      ],
      ['a broken connection', (request) => request.socket.destroy(), /The AWS CLI /],
    ])('pool:env says what to do about %s', async (_, handler, words) => {
      simulateAws(handler);
      await expect(readStack(ACCOUNT, 'my-site', 'local')).rejects.toThrow(words);
    });

    test('pool:env says what to do without credentials, without a region and with an unknown profile', async () => {
      simulateAws(() => {});
      vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
      vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
      await expect(readStack(ACCOUNT, 'x', 'local')).rejects.toThrow(/not signed in/);
      const nowhere = { region: undefined, profile: undefined };
      await expect(readStack(nowhere, 'x', 'local')).rejects.toThrow(/no region/);
      const unknown = { region: 'us-west-2', profile: 'nobody' };
      await expect(readStack(unknown, 'x', 'local')).rejects.toThrow(/no profile "nobody"/);
    });

    test('the CLI accepts every command of infra/README.md', async () => {
      simulateAws(() => {});
      // Nothing listens there: the CLI reports a wrong command before it connects.
      vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
      const lines = readFileSync('infra/README.md', 'utf8').split('\n');
      const commands = lines.filter((line) => line.startsWith('aws '));
      expect(commands.length).toBeGreaterThan(8);
      const said = await Promise.all(
        commands.map(async (command) => {
          const args = command.replace('file://google.json', '{}').split(' ').slice(1);
          const { output } = await run('aws', [...args, '--region', 'us-west-2']);
          return output.includes('Could not connect to the endpoint URL')
            ? ''
            : `${command}: ${output}`;
        }),
      );
      expect(said.filter((one) => one !== '')).toEqual([]);
    });
  },
  60_000,
);
