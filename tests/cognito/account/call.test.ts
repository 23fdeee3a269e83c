import { describe, expect, test, vi } from 'vitest';
import { deletePasskey } from '@/lib/cognito/account/passkeys';
import { associateTotp, setTotp } from '@/lib/cognito/account/totp';
import {
  changePassword,
  deleteUser,
  getUser,
  updateAttributes,
  verifyAttribute,
} from '@/lib/cognito/account/user';
import { answering, fakeApi, refusal, refusing, TOKEN } from './support';

const PASSWORDS = { previous: 'Old-secret-1', proposed: 'New-secret-2' };
const json = (text: string, status = 200) => new Response(text, { status });

describe('what the site sends to the user pool', () => {
  test('is one POST with the content type that Cognito reads, and the token only in the body', async () => {
    const api = answering({});
    await deleteUser(api.caller);
    expect(api.calls.map(({ url }) => url)).toEqual([
      'https://cognito-idp.us-west-2.amazonaws.com/',
    ]);
    const { method, headers, body } = api.calls[0]?.init ?? {};
    expect(method).toBe('POST');
    expect(headers).toEqual({
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.DeleteUser',
    });
    expect(JSON.parse(String(body))).toEqual({ AccessToken: TOKEN });
  });

  test('follows no redirect, is not cached and does not wait forever', async () => {
    const api = answering({});
    await deleteUser(api.caller);
    expect(api.calls[0]?.init).toMatchObject({ redirect: 'manual', cache: 'no-store' });
    expect(api.calls[0]?.init.signal).toBeInstanceOf(AbortSignal);
  });

  test('may take longer if it changes something, because a trigger may have to run', async () => {
    const timer = vi.spyOn(AbortSignal, 'timeout');
    await getUser(answering({}).caller);
    await updateAttributes(answering({}).caller, new Map([['name', 'Alice']]));
    expect(timer.mock.calls).toEqual([[4000], [10_000]]);
    timer.mockRestore();
  });

  test.each<[string, () => Response | Promise<Response>]>([
    ['an outage', () => json('', 503)],
    ['a broken connection', () => Promise.reject(new TypeError('reset'))],
    [
      'a wrong password',
      () => refusal('NotAuthorizedException', 'Incorrect username or password.'),
    ],
    ['too many requests', () => refusal('TooManyRequestsException', 'Rate exceeded')],
  ])('is never sent again after %s', async (_, answer) => {
    const api = fakeApi(answer);
    expect((await changePassword(api.caller, PASSWORDS)).ok).toBe(false);
    expect(api.calls).toHaveLength(1);
  });
});

describe('a change has worked if the response is', () => {
  test.each<[string, () => Response]>([
    ['{}', () => json('{}')],
    ['empty', () => json('')],
    ['without a body', () => new Response(null)],
    ['of a newer version, with members that nobody knows', () => json('{"Later":{"a":[1]}}')],
  ])('%s', async (_, answer) => {
    const done = { ok: true, data: null };
    const { caller } = fakeApi(answer);
    expect(await deleteUser(caller)).toEqual(done);
    expect(await deletePasskey(caller, 'id')).toEqual(done);
    expect(await setTotp(caller, 'off')).toEqual(done);
  });
});

describe('the user pool is unavailable, and nobody is signed out, if the response is', () => {
  const cut = () =>
    new Response(
      new ReadableStream({
        start: (stream) => stream.enqueue(new TextEncoder().encode('{"Username":"al')),
        pull: (stream) => stream.error(new TypeError('terminated')),
      }),
    );
  const slow = () => Promise.reject(new DOMException('The time is up', 'TimeoutError'));
  const slowBody = () =>
    new Response(
      new ReadableStream({
        pull: (stream) => stream.error(new DOMException('The time is up', 'TimeoutError')),
      }),
    );
  test.each<[string, () => Response | Promise<Response>, string]>([
    ['none', () => Promise.reject(new TypeError('fetch failed')), 'unreachable'],
    ['late', slow, 'timed out'],
    ['late in the middle of its body', slowBody, 'timed out'],
    ['cut off', cut, 'unreachable'],
    ['half of a document', () => json('{"Username":"al'), 'unexpected response'],
    ['a page', () => json('<html>'), 'unexpected response'],
    ['null', () => json('null'), 'unexpected response'],
    ['a list', () => json('[]'), 'unexpected response'],
    ['a text', () => json('"alice"'), 'unexpected response'],
    ['without the name of the user', () => json('{"UserAttributes":[]}'), 'unexpected response'],
    [
      'larger than a megabyte',
      () => json(`{"Username":"${'a'.repeat(1e6)}"}`),
      'unexpected response',
    ],
    ['a redirect', () => json('{"Username":"a"}', 302), 'HTTP 302'],
    ['a page of a proxy', () => json('<html>', 502), 'HTTP 502'],
    ['500 without an error', () => json('{"Username":"a"}', 500), 'HTTP 500'],
    ['400 without an error', () => json('{}', 400), 'HTTP 400'],
    ['500', () => refusal('InternalErrorException', '', 500), 'InternalErrorException'],
    ['503 with an unknown error', () => refusal('NewException', '', 503), 'NewException'],
  ])('%s', async (_, answer, detail) => {
    const result = await getUser(fakeApi(answer).caller);
    expect(result).toEqual({ ok: false, problem: 'unavailable', detail });
  });
});

test('a large response is not read to its end', async () => {
  let pieces = 0;
  const body = new ReadableStream({
    pull: (stream) => {
      pieces += 1;
      if (pieces < 30) stream.enqueue(new Uint8Array(100_000).fill(32));
      else stream.close();
    },
  });
  const result = await getUser(fakeApi(() => new Response(body)).caller);
  expect(result).toMatchObject({ problem: 'unavailable' });
  expect(pieces).toBeLessThan(15);
});

test('bytes of a character that arrive separately are still that character', async () => {
  const bytes = new TextEncoder().encode('{"Username":"Zoë"}');
  const stream = new ReadableStream({
    start: (to) => {
      for (const byte of bytes) to.enqueue(Uint8Array.of(byte));
      to.close();
    },
  });
  const result = await getUser(fakeApi(() => new Response(stream)).caller);
  expect(result).toMatchObject({ data: { username: 'Zoë' } });
});

describe('an error is recognized', () => {
  const mismatch = { ok: false, problem: 'code_wrong', detail: 'CodeMismatchException' };
  test.each<[string, () => Response]>([
    ['with status 400', () => refusal('CodeMismatchException')],
    [
      'with status 200, as for a wrong content type',
      () => refusal('CodeMismatchException', '', 200),
    ],
    ['with status 403', () => refusal('CodeMismatchException', '', 403)],
    ['with status 500', () => refusal('CodeMismatchException', '', 500)],
    ['with a namespace', () => json('{"__type":"com.amazon#CodeMismatchException"}', 400)],
    ['with a URL', () => json('{"__type":"CodeMismatchException:http://internal/x"}', 400)],
    ['with both', () => json('{"__type":"a.b#CodeMismatchException:http://x/#y"}', 400)],
    [
      'only in the header',
      () =>
        new Response('', {
          status: 400,
          headers: { 'x-amzn-errortype': 'CodeMismatchException:' },
        }),
    ],
  ])('%s', async (_, answer) => {
    expect(await verifyAttribute(fakeApi(answer).caller, 'email', '123456')).toEqual(mismatch);
  });

  test('by its message in either case', async () => {
    const text = 'Access Token does not have required scopes';
    for (const member of ['message', 'Message']) {
      const body = JSON.stringify({ __type: 'NotAuthorizedException', [member]: text });
      const result = await getUser(fakeApi(() => json(body, 400)).caller);
      expect(result, member).toMatchObject({ problem: 'missing_scope' });
    }
  });

  test.each<unknown>([
    1,
    true,
    {},
    { toString: 1 },
    [],
    '<script>',
    '',
    '#',
    'a b',
    `${'a'.repeat(81)}`,
  ])('with the impossible name %j, of which nothing gets into the log', async (name) => {
    const api = fakeApi(() => Response.json({ __type: name }, { status: 400 }));
    expect(await getUser(api.caller)).toEqual({
      ok: false,
      problem: 'unknown',
      detail: 'an error without a name',
    });
  });
});

test.each([
  [403, 'blocked'],
  [429, 'throttled'],
])('a firewall that answers %i with a page of its own: %s', async (status, problem) => {
  const { caller } = fakeApi(() => json('<html>Request blocked</html>', status));
  expect(await getUser(caller)).toEqual({ ok: false, problem, detail: `HTTP ${status}` });
});

describe('what the user entered never comes back in a result', () => {
  const echo = `1 validation error detected: Value '${PASSWORDS.proposed}' at 'proposedPassword' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\S]+; Attribute cannot be updated.`;
  test.each([
    'InvalidParameterException',
    'InvalidPasswordException',
    'NotAuthorizedException',
    'SerializationException',
    'UserLambdaValidationException',
    'NewException',
  ])('%s', async (name) => {
    const { caller } = refusing(name, echo);
    const result = await changePassword(caller, PASSWORDS);
    expect(JSON.stringify(result)).not.toMatch(/secret|validation|Member/);
    expect(result).toMatchObject({ ok: false, detail: name });
  });

  test('nor does the access token, whatever the connection reports', async () => {
    const { caller } = fakeApi(() => Promise.reject(new Error(`cannot send ${TOKEN}`)));
    expect(JSON.stringify(await associateTotp(caller))).not.toContain(TOKEN);
  });
});
