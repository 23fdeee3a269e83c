import { unit } from '../mutant';

const PAGE = 'lib/cognito/responses/plain-page.ts';
const ANSWERS = 'lib/cognito/responses/answers.ts';
const FAILURE = 'lib/cognito/logging/failure.ts';

/** Pages of our own, answers in JSON, the log. */
export const answers = [
  ...unit(
    PAGE,
    ['cognito/answers', 'cognito/refusals'],
    [
      {
        id: 'page-escaped',
        defence: 'nothing that comes in becomes markup',
        find: 'return text.replace(/[&<>"\']/g, (character) => `&#${character.charCodeAt(0)};`);',
        replace: 'return text;',
      },
      {
        id: 'page-quotes',
        defence: 'nothing that comes in leaves its attribute',
        find: '/[&<>"\']/g',
        replace: '/[&<>]/g',
      },
      {
        id: 'page-referrer',
        defence: 'the page of a failed callback does not pass its address on',
        find: '<meta name="referrer" content="strict-origin">\n',
        replace: '',
      },
      {
        id: 'page-nonce',
        defence: 'a nonce out of a header is escaped',
        find: 'escapeHtml(nonce)',
        replace: 'nonce',
      },
      {
        id: 'page-no-store',
        defence: 'no cache keeps a page of ours',
        find: "'Cache-Control': 'private, no-store',",
        replace: '',
      },
    ],
  ),
  ...unit(
    ANSWERS,
    ['cognito/answers', 'cognito/refusals'],
    [
      {
        id: 'answer-json-no-store',
        defence: 'no cache keeps an answer in JSON',
        find: "headers: { 'Cache-Control': 'private, no-store', ...headers },",
        replace: 'headers,',
      },
      {
        id: 'answer-redirect-no-store',
        defence: 'no cache keeps a redirect to the hosted UI',
        find: "headers: { Location: location, 'Cache-Control': 'private, no-store' },",
        replace: 'headers: { Location: location },',
      },
      {
        id: 'answer-reload-no-store',
        defence: 'no cache keeps the answer that loads the document',
        find: "headers: { 'Content-Type': 'text/plain', 'Cache-Control': 'private, no-store' },",
        replace: "headers: { 'Content-Type': 'text/plain' },",
      },
      {
        id: 'answer-challenge',
        defence: 'a 401 says how to come back',
        find: "{ 'WWW-Authenticate': challenge });\n}\n\n/** 401 for a session",
        replace: '{});\n}\n\n/** 401 for a session',
      },
      {
        id: 'answer-set-up',
        defence: 'a visitor is told nothing about a wrong setting',
        file: 'lib/cognito/responses/set-up-page.ts',
        find: 'if (isDevelopment) {',
        replace: 'if (!isDevelopment) {',
      },
    ],
  ),
  ...unit(
    'lib/cognito/responses/sign-in-error-page.ts',
    ['cognito/answers'],
    [
      {
        id: 'answer-unknown-error',
        defence: 'an error of our own is an outage, and shows nothing of itself',
        find: "error instanceof CognitoError ? error.code : 'unavailable'",
        replace: "error instanceof CognitoError ? error.code : 'token_invalid'",
      },
      {
        id: 'answer-stale',
        defence: 'a used or foreign callback says what to do',
        find: 'attempt_unknown: STALE,',
        replace: '',
      },
    ],
  ),
  ...unit(
    'lib/cognito/page-context.ts',
    ['cognito/page-context'],
    [
      {
        id: 'look-reference-form',
        defence: 'past the middleware nothing but a reference gets into the log as one',
        file: 'lib/cognito/logging/reference.ts',
        find: '/^[0-9A-HJKMNP-TV-Z]{8}$/.test(value)',
        replace: "value !== ''",
      },
      {
        id: 'look-reference-random',
        defence: 'a reference is made anew for each request',
        file: 'lib/cognito/logging/reference.ts',
        find: 'crypto.getRandomValues(new Uint8Array(8))',
        replace: 'new Uint8Array(8)',
      },
    ],
  ),
  ...unit(
    FAILURE,
    ['cognito/events'],
    [
      {
        id: 'log-unexpected',
        defence: 'the log has no message of an error that is not ours',
        find: "'An error from outside lib/cognito.'",
        replace: 'String(error)',
      },
      {
        id: 'log-setting',
        defence: 'a callback that anybody can write blames no setting',
        find: 'return said ?',
        replace: 'return error ?',
      },
    ],
  ),
  ...unit(
    'lib/cognito/protocol/errors.ts',
    ['cognito/answers', 'cognito/callbacks'],
    [
      {
        id: 'errors-transient',
        defence: 'a refused code is not tried again',
        find: "['unavailable', 'keys_unavailable',",
        replace: "['invalid_grant', 'unavailable', 'keys_unavailable',",
      },
      {
        id: 'errors-final',
        defence: 'a wrong setting ends nobody’s session or attempt',
        find: "'client_rejected', 'clock_wrong'].includes",
        replace: "'clock_wrong'].includes",
      },
    ],
  ),
];
