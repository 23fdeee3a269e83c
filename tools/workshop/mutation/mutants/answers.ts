import { unit } from '../mutant';

const PAGE = 'lib/cognito/responses/plain-page.ts';
const ANSWERS = 'lib/cognito/responses/answers.ts';
const FAILURE = 'lib/cognito/logging/log-event.ts';

/** Our own error pages, JSON responses, and the log. */
export const answers = [
  ...unit(
    PAGE,
    ['cognito/answers', 'cognito/refusals'],
    [
      {
        id: 'page-escaped',
        defense: 'no input becomes markup',
        find: 'return text.replace(/[&<>"\']/g, (character) => `&#${character.charCodeAt(0)};`);',
        replace: 'return text;',
      },
      {
        id: 'page-quotes',
        defense: 'no input breaks out of an attribute',
        find: '/[&<>"\']/g',
        replace: '/[&<>]/g',
      },
      {
        id: 'page-referrer',
        defense: 'the error page of a failed callback does not pass on its URL',
        find: '<meta name="referrer" content="strict-origin">\n',
        replace: '',
      },
      {
        id: 'page-nonce',
        defense: 'a nonce from a header is escaped',
        find: 'escapeHtml(nonce)',
        replace: 'nonce',
      },
      {
        id: 'page-no-store',
        defense: 'no cache stores one of our plain pages',
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
        defense: 'no cache stores a JSON response',
        find: "headers: { 'Cache-Control': 'private, no-store', ...headers },",
        replace: 'headers,',
      },
      {
        id: 'answer-redirect-no-store',
        defense: 'no cache stores a redirect to the hosted UI',
        find: "headers: { [header]: location, 'Cache-Control': 'private, no-store' },",
        replace: 'headers: { [header]: location },',
      },
      {
        id: 'answer-reload-no-store',
        defense: 'no cache stores the response that makes the router load the document',
        find: "headers: { 'Content-Type': 'text/plain', 'Cache-Control': 'private, no-store' },",
        replace: "headers: { 'Content-Type': 'text/plain' },",
      },
      {
        id: 'answer-challenge',
        defense: 'a 401 says how to authenticate',
        find: "{ 'WWW-Authenticate': challenge });\n}\n\n/** 401 for a session",
        replace: '{});\n}\n\n/** 401 for a session',
      },
      {
        id: 'answer-set-up',
        defense: 'visitors learn nothing about an invalid setting',
        file: 'lib/cognito/responses/set-up-page.ts',
        find: 'if (isDevelopment) {',
        replace: 'if (!isDevelopment) {',
      },
      {
        id: 'answer-set-up-action',
        defense: 'the client of a Server Action of a misconfigured site gets a text, not a page',
        file: 'app/not-configured/route.ts',
        tests: ['in-process/configuration'],
        find: "asText: kind === 'action'",
        replace: 'asText: false',
      },
    ],
  ),
  ...unit(
    'lib/cognito/responses/sign-in-pages.ts',
    ['cognito/answers'],
    [
      {
        id: 'answer-unknown-error',
        defense: 'an unexpected exception is reported as an outage, without details',
        find: "error instanceof CognitoError ? error.code : 'unavailable'",
        replace: "error instanceof CognitoError ? error.code : 'token_invalid'",
      },
      {
        id: 'answer-stale',
        defense: 'the page for a used or unknown callback says what to do',
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
        defense: 'only a well-formed reference from the headers gets into the log',
        file: 'lib/cognito/logging/log-event.ts',
        find: '/^[0-9A-HJKMNP-TV-Z]{8}$/.test(value)',
        replace: "value !== ''",
      },
      {
        id: 'look-reference-random',
        defense: 'each request gets a new random reference',
        file: 'lib/cognito/logging/log-event.ts',
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
        defense: 'messages of unexpected exceptions are not logged',
        find: "'An error from outside lib/cognito.'",
        replace: 'String(error)',
      },
      {
        id: 'log-setting',
        defense: 'a callback that anyone can forge does not cause a warning about settings',
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
        defense: 'a refused code is not tried again',
        find: "['unavailable', 'keys_unavailable',",
        replace: "['invalid_grant', 'unavailable', 'keys_unavailable',",
      },
      {
        id: 'errors-final',
        defense: 'an invalid setting ends no session and no attempt',
        find: "'client_rejected', 'clock_wrong'].includes",
        replace: "'clock_wrong'].includes",
      },
    ],
  ),
  ...unit(
    'lib/cognito/logging/log-event.ts',
    ['cognito/outside-text'],
    [
      {
        id: 'outside-controls',
        defense: 'a text from outside stays on one line of the log, without control characters',
        find: ".replace(/[^\\x20-\\x7E]+/g, ' ')",
        replace: '',
      },
      {
        id: 'outside-sensitive',
        defense: 'no token or e-mail address of a text from outside gets into the log',
        find: ".replace(SENSITIVE, '…')",
        replace: '',
      },
      {
        id: 'outside-length',
        defense: 'a text from outside does not fill the log',
        find: '.slice(0, MAX_TEXT) || undefined',
        replace: ' || undefined',
      },
      {
        id: 'outside-own',
        defense: "a reason is logged only for this browser's own attempt",
        file: 'app/login/route.ts',
        tests: ['in-process/events'],
        find: 'recalled?.own ? reasonGiven(query) :',
        replace: 'query.has("error") ? reasonGiven(query) :',
      },
    ],
  ),
];
