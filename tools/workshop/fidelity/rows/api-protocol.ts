import { type Behavior, behavior, different, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { membersOf } from '../wire';
import { apiUser, asUser, call, said, write } from './api-user';

const OBS = 'obs: an Android client';

/** The protocol of the JSON API (account-facts, section 1). */
export const API_PROTOCOL: readonly Behavior[] = [
  behavior({
    id: 'api/plain-json',
    ask: 'The content type `application/json`: the status, and where the error is',
    cognito: '200 Output.__type com.amazon.coral.service#UnknownOperationException',
    source: `${OBS}; the body is that of other AWS services`,
    standing: unconfirmed,
    observe: async (target) => {
      const headers = { 'content-type': 'application/json' };
      const response = await call(target, 'GetUser', {}, headers);
      const output = membersOf(membersOf(await response.json()).get('Output'));
      return `${response.status} Output.__type ${output.get('__type')}`;
    },
  }),
  behavior({
    id: 'api/unknown-operation',
    ask: 'An operation that does not exist',
    cognito: '400 UnknownOperationException',
    source: 'not documented',
    standing: unconfirmed,
    observe: async (target) => {
      const text = await said(await call(target, 'MakeCoffee', {}));
      return text.replace(/:.*/s, '');
    },
  }),
  behavior({
    id: 'api/error-header',
    ask: 'The content type and `x-amzn-ErrorType` of an error',
    cognito: 'application/x-amz-json-1.1, NotAuthorizedException:',
    source: OBS,
    observe: async (target) => {
      const { headers } = await call(target, 'GetUser', { AccessToken: 'garbage' });
      return `${headers.get('content-type')}, ${headers.get('x-amzn-errortype')}`;
    },
  }),
  behavior({
    id: 'api/no-token',
    ask: 'GetUser without an access token',
    cognito: '400 InvalidParameterException',
    source: 'api: GetUser; the text is not documented',
    observe: async (target) => {
      return (await said(await call(target, 'GetUser', {}))).replace(/:.*/s, '');
    },
  }),
  behavior({
    id: 'api/number-for-string',
    ask: 'A number in place of a string, with an invalid token',
    cognito:
      '400 SerializationException: class java.lang.Integer can not be converted to an String',
    source: 'double: aws-blocks',
    standing: unconfirmed,
    observe: async (target) => {
      return await apiUser(target, 'garbage').says('UpdateUserAttributes', write({ name: 7 }));
    },
  }),
  behavior({
    id: 'api/not-json',
    ask: 'A list in place of the request',
    cognito: '400 SerializationException',
    source: 'not documented',
    standing: unconfirmed,
    observe: async (target) => {
      return (await said(await call(target, 'GetUser', []))).replace(/:.*/s, '');
    },
  }),
  asUser(
    'api/null',
    'A value that is null, which is as if it were absent: it deletes the attribute',
    'done, none',
    async (user) => {
      const wrote = await user.tries('UpdateUserAttributes', write({ name: null }));
      return `${wrote}, ${await user.sees('name')}`;
    },
    { source: 'api: UpdateUserAttributes; null is not documented', standing: unconfirmed },
  ),
  behavior({
    id: 'api/echo',
    ask: 'A value against the pattern of its member: the message repeats it',
    cognito:
      "400 InvalidParameterException: 1 validation error detected: Value 'abcdef' at 'userCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [0-9]+",
    source: 'obs',
    needs: 'sign-in',
    observe: async (target) => {
      const user = apiUser(target, (await target.tokens()).access_token);
      return await user.says('VerifySoftwareToken', { UserCode: 'abcdef' });
    },
  }),
  behavior({
    id: 'api/cors',
    ask: 'Whether a page of another origin may read the response',
    cognito: 'any page',
    source: 'Amplify calls it from pages',
    observe: async (target) => {
      const headers = {
        'content-type': 'application/x-amz-json-1.1',
        origin: 'http://localhost:3000',
      };
      const response = await call(target, 'GetUser', { AccessToken: 'garbage' }, headers);
      return response.headers.get('access-control-allow-origin') === '*' ? 'any page' : 'no page';
    },
  }),
  asUser(
    'api/empty-answers',
    'The body of a write that has nothing to say, and of DeleteUser',
    '200 {}; 200 empty',
    async (user) => {
      const wrote = await user.says('DeleteUserAttributes', { UserAttributeNames: ['name'] });
      return `${wrote}; ${await user.says('DeleteUser')}`;
    },
    { source: 'api; service model' },
  ),
  asUser(
    'api/revoke-token-body',
    'The body of RevokeToken',
    '200 {}',
    async (_, target) => {
      const { refresh_token: Token } = await target.freshTokens();
      const { clientId: ClientId, clientSecret: ClientSecret } = target;
      return await said(await call(target, 'RevokeToken', { Token, ClientId, ClientSecret }));
    },
    {
      source: 'service model',
      standing: different('200 empty', 'its page in the API reference says that the body is empty'),
    },
  ),
  asUser(
    'api/limits',
    'Throttling, AWS WAF and an internal error',
    '400 TooManyRequestsException: Rate exceeded; 403 ForbiddenException: Request not allowed due to WAF block.; 500 InternalErrorException',
    async (user, target) => {
      const all: string[] = [];
      for (const name of ['TooManyRequests', 'Forbidden', 'InternalError']) {
        controlOf(target).fault('GetUser', { exception: `${name}Exception`, times: 1 });
        all.push(await user.says('GetUser'));
      }
      return all.join('; ').replace(/(InternalErrorException):.*/s, '$1');
    },
    { source: 'issue: aws-amplify/amplify-js#13608; obs; api', standing: unconfirmed },
  ),
];
