import { site, unit } from '../mutant';

const CALL = 'lib/cognito/account/call.ts';
const REFUSALS = 'lib/cognito/account/refusals.ts';
const SERVICE_ERROR = 'lib/cognito/account/response.ts';
const TOTP = 'lib/cognito/account/totp.ts';

/** The user's own operations on the user pool. */
export const account = [
  ...unit(
    CALL,
    ['cognito/account'],
    [
      {
        id: 'account-redirect',
        defense: 'an access token is never sent on to where a redirect points',
        find: "redirect: 'manual',",
        replace: '',
      },
      {
        id: 'account-time-out',
        defense: 'a call to the user pool does not wait forever',
        find: 'signal: AbortSignal.timeout(timeOutOf(operation)),',
        replace: '',
      },
      {
        id: 'account-error-with-200',
        defense: 'an error with status 200 is an error',
        find: 'if (error) return',
        replace: 'if (error && response.status !== 200) return',
      },
      {
        id: 'account-status',
        defense: 'a response without an error counts only with status 200',
        find: 'if (response.status !== 200) return withoutName(response.status);\n',
        replace: '',
      },
      {
        id: 'account-body-bound',
        defense: 'a response of any size does not fill the memory',
        file: 'lib/cognito/account/response.ts',
        find: 'if (length > MOST) {',
        replace: 'if (length < 0) {',
      },
    ],
  ),
  ...unit(
    REFUSALS,
    ['cognito/account'],
    [
      {
        id: 'account-wrong-password',
        defense: 'a wrong old password does not sign the user out',
        find: "[/^incorrect username or password/i, 'wrong_password'],",
        replace: "[/^incorrect username or password/i, 'signed_out'],",
      },
      {
        id: 'account-unknown-refusal',
        defense: 'a message that is not known does not sign the user out',
        find: 'return firstMatch(NOT_AUTHORIZED, message);',
        replace: "return firstMatch(NOT_AUTHORIZED, message) ?? 'signed_out';",
      },
      {
        id: 'account-scope',
        defense: 'a missing scope is not taken for an ended session',
        find: "[/^access token does not have required scopes/i, 'missing_scope'],",
        replace: "[/^access token does not have required scopes/i, 'signed_out'],",
      },
      {
        id: 'account-message',
        defense: "Cognito's message, which may repeat a password, stays out of results",
        find: "    problem: problem ?? (status >= 500 ? 'unavailable' : 'unknown'),\n    detail: name,",
        replace:
          "    problem: problem ?? (status >= 500 ? 'unavailable' : 'unknown'),\n    detail: message,",
      },
      {
        id: 'account-echo',
        defense: 'a value that Cognito repeats is not read as its own words',
        find: "  [/^\\d+ validation errors? detected/i, 'invalid_value'],\n",
        replace: '',
      },
    ],
  ),
  ...unit(
    SERVICE_ERROR,
    ['cognito/account'],
    [
      {
        id: 'account-error-name',
        defense: "only letters of an error's name get into the log",
        find: '/(?:^|#)([A-Za-z]{1,80})$/',
        replace: '/(?:^|#)([^#]*)$/',
      },
    ],
  ),
  ...unit(
    TOTP,
    ['cognito/account'],
    [
      {
        id: 'account-totp-secret',
        defense: 'a secret adds no parameters to the address of an authenticator app',
        find: ' || !/^[A-Za-z0-9]+$/.test(secret)',
        replace: '',
      },
      {
        id: 'account-totp-status',
        defense: 'an authenticator app counts as verified only if Cognito says so',
        find: "result.data === 'SUCCESS' ?",
        replace: "result.data !== '' ?",
      },
      {
        id: 'account-otpauth-escape',
        defense: 'a name adds no parameters to the address of an authenticator app',
        file: 'lib/cognito/account/totp.ts',
        find: "encodeURIComponent(wellFormed.replaceAll(':', ' ').trim())",
        replace: "encodeURI(wellFormed.replaceAll(':', ' ').trim())",
      },
      {
        id: 'account-bare-password',
        defense: 'an empty old password is not sent as the first password of a user',
        file: 'lib/cognito/account/user.ts',
        find: 'previous === undefined ? {}',
        replace: '!previous ? {}',
      },
    ],
  ),
  ...site(
    'app/account/save/route.ts',
    ['site/account'],
    [
      {
        id: 'save-origin',
        defense: 'another site cannot change an account',
        find: '!isSameOrigin(request.headers, site.config.origin)',
        replace: 'request.headers.has("x-none")',
      },
      {
        id: 'save-secret',
        defense: 'of a form that is kept, only its listed fields are',
        find: 'wanted.keep.map((field)',
        replace: '[...form.keys()].map((field)',
      },
      {
        id: 'save-owner',
        defense: 'the form of a tab where another user was signed in changes nothing of this one',
        find: 'if (owner !== null && owner !== ownerTag(account.user.sub)) {',
        replace: "if (owner === 'x') {",
      },
      {
        id: 'delete-known',
        defense: 'no data is deleted for tokens that the user pool refuses',
        find: "    if (!known.ok) return failed(account, 'deleted', known);\n",
        replace: '',
        file: 'lib/account/forms/index.ts',
      },
      {
        id: 'open-age',
        defense: 'what could take over an account needs a recent sign-in',
        find: 'if (!(status.signInAge <= maxAge)) return',
        replace: 'if (maxAge < 0) return',
        file: 'lib/cognito/handlers/open-account.ts',
      },
      {
        id: 'kept-owner',
        defense: 'a kept form is shown only to its user',
        find: 'kept.owner === ownerTag(sub)',
        replace: 'kept.owner !== sub',
        file: 'lib/kept-form.ts',
      },
      {
        id: 'delete-words',
        defense: 'an account is deleted only with the typed words',
        find: 'if (typed !== CONFIRMATION) {',
        replace: "if (typed === '') {",
        file: 'lib/account/forms/index.ts',
      },
      {
        id: 'changed-message',
        defense: 'a refusal logs no text of the user pool or the user',
        find: 'const { problem: code, detail: message } = failure;',
        replace: 'const { problem: code } = failure; const message = String(user.email);',
        file: 'lib/account/form.ts',
      },
    ],
  ),
  ...unit(
    'lib/account/passkey-return.ts',
    ['in-process/passkeys'],
    [
      {
        id: 'passkey-forged-result',
        defense: 'a result at /login means nothing in a browser that was not at the hosted UI',
        find: 'if (!mark) return redirectTo(`${config.origin}/`, 303);',
        replace: "if (!mark) return redirectWithFlash(PAGE, 'passkeyAdded');",
      },
      {
        id: 'passkey-believed-result',
        defense: 'a passkey counts as added only if the user pool lists it',
        find: 'now <= before',
        replace: 'now < before',
      },
      {
        id: 'passkey-other-user',
        defense: "one user's result is not shown to another",
        find: ' || ownerTag(account.user.sub) !== owner',
        replace: '',
      },
      {
        id: 'passkey-endless-sign-in',
        defense: 'a hosted UI without a session causes one sign-in, not a loop',
        find: ' && !mark.again',
        replace: '',
      },
      {
        id: 'passkey-old-sign-in',
        defense: 'adding a passkey needs a recent sign-in',
        file: 'app/account/passkeys/add/route.ts',
        find: 'openAccount(request, RECENT)',
        replace: 'openAccount(request, Number.POSITIVE_INFINITY)',
      },
    ],
  ),
];
