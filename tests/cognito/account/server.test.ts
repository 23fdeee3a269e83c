import { createServer, type ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import type { Caller } from '@/lib/cognito/account/call';
import { deleteUser, getUser } from '@/lib/cognito/account/user';

/** Calls a server on this machine that answers in a certain way, and returns the paths it saw. */
async function served<T>(
  answer: (response: ServerResponse) => void,
  work: (caller: Caller) => Promise<T>,
): Promise<{ result: T; paths: (string | undefined)[] }> {
  const paths: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url);
    request.resume().on('end', () => answer(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const api = `http://127.0.0.1:${port}`;
  try {
    return { result: await work({ api, fetch, accessToken: 'token' }), paths };
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test('a user is deleted by a response of zero bytes', async () => {
  const { result } = await served((response) => response.end(), deleteUser);
  expect(result).toEqual({ ok: true, data: null });
});

test('an access token is not sent on to where a redirect points', async () => {
  const { result, paths } = await served(
    (response) => response.writeHead(307, { location: '/elsewhere' }).end(),
    getUser,
  );
  expect(result).toMatchObject({ problem: 'unavailable', detail: 'HTTP 307' });
  expect(paths).toEqual(['/']);
});

test('a connection that breaks in the middle of a response is an outage', async () => {
  const { result } = await served((response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"Username":"alice"', () => response.destroy());
  }, getUser);
  expect(result).toMatchObject({ problem: 'unavailable', detail: 'unreachable' });
});
