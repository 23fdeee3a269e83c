import type { Behavior } from './behavior';
import { ACCESS_TOKEN } from './rows/access-token';
import { ACCOUNT_ATTRIBUTES } from './rows/account-attributes';
import { ACCOUNT_EMAIL } from './rows/account-email';
import { ACCOUNT_FACTORS } from './rows/account-factors';
import { ACCOUNT_PASSKEYS } from './rows/account-passkeys';
import { ACCOUNT_PASSWORD } from './rows/account-password';
import { AFTER_PASSWORD } from './rows/after-password';
import { API_PROTOCOL } from './rows/api-protocol';
import { API_TOKEN } from './rows/api-token';
import { ATTRIBUTES } from './rows/attributes';
import { AUTHORIZE } from './rows/authorize';
import { CODE } from './rows/code';
import { END } from './rows/end';
import { ERROR_PAGE } from './rows/error-page';
import { FEDERATION } from './rows/federation';
import { HEADERS } from './rows/headers';
import { HOSTS } from './rows/hosts';
import { ID_TOKEN } from './rows/id-token';
import { INTO_TOKENS } from './rows/into-tokens';
import { KEYS } from './rows/keys';
import { LOGOUT } from './rows/logout';
import { MAILED_CODES } from './rows/mailed-codes';
import { OTHER_GRANTS } from './rows/other-grants';
import { PAGES } from './rows/pages';
import { PARAMETERS } from './rows/parameters';
import { PKCE } from './rows/pkce';
import { REFRESH } from './rows/refresh';
import { REFRESH_TOKEN } from './rows/refresh-token';
import { REFRESHED } from './rows/refreshed';
import { REVOKE } from './rows/revoke';
import { ROTATION } from './rows/rotation';
import { SIGN_IN } from './rows/sign-in';
import { SILENT } from './rows/silent';
import { TOKEN_ANSWER } from './rows/token-answer';
import { TOKEN_ERRORS } from './rows/token-errors';
import { TOKEN_FORMAT } from './rows/token-format';
import { TOKEN_IDS } from './rows/token-ids';
import { TRIGGERS } from './rows/triggers';
import { USERINFO } from './rows/userinfo';

/** A section of the table. */
export interface Chapter {
  readonly title: string;
  readonly rows: readonly Behavior[];
}

/** Every behavior of a user pool that a client can observe, roughly in the order of a sign-in. */
export const CHAPTERS: readonly Chapter[] = [
  { title: 'Issuer and domain', rows: HOSTS },
  { title: 'Headers of the domain', rows: HEADERS },
  { title: 'GET /oauth2/authorize', rows: AUTHORIZE },
  { title: 'GET /oauth2/authorize: errors that never leave the domain', rows: ERROR_PAGE },
  { title: 'GET /oauth2/authorize: the other parameters', rows: PARAMETERS },
  { title: 'GET /oauth2/authorize: parameters that reach the tokens', rows: INTO_TOKENS },
  { title: 'GET /oauth2/authorize: with a hosted session', rows: SILENT },
  { title: 'The sign-in page', rows: SIGN_IN },
  { title: 'After the password', rows: AFTER_PASSWORD },
  { title: 'The other pages', rows: PAGES },
  { title: 'Emailed codes', rows: MAILED_CODES },
  { title: 'Sign-in with an external provider', rows: FEDERATION },
  { title: 'POST /oauth2/token: the response to a code', rows: TOKEN_ANSWER },
  { title: 'POST /oauth2/token: redeeming a code', rows: CODE },
  { title: 'POST /oauth2/token: PKCE', rows: PKCE },
  { title: 'POST /oauth2/token: errors', rows: TOKEN_ERRORS },
  { title: 'POST /oauth2/token: refreshing', rows: REFRESH },
  { title: 'POST /oauth2/token: rotation of refresh tokens', rows: ROTATION },
  { title: 'POST /oauth2/token: what a refresh keeps', rows: REFRESHED },
  { title: 'Implicit flow and client credentials', rows: OTHER_GRANTS },
  { title: 'POST /oauth2/revoke', rows: REVOKE },
  { title: 'Tokens', rows: TOKEN_FORMAT },
  { title: '`jti` and `origin_jti`', rows: TOKEN_IDS },
  { title: 'The ID token', rows: ID_TOKEN },
  { title: 'Attributes and groups in the ID token', rows: ATTRIBUTES },
  { title: 'Unreadable attributes, roles, the pre token generation trigger', rows: TRIGGERS },
  { title: 'The access token', rows: ACCESS_TOKEN },
  { title: 'The refresh token', rows: REFRESH_TOKEN },
  { title: 'Keys', rows: KEYS },
  { title: 'GET /oauth2/userInfo', rows: USERINFO },
  { title: 'The JSON API: protocol', rows: API_PROTOCOL },
  { title: 'The JSON API: the access token', rows: API_TOKEN },
  { title: 'The JSON API: attributes', rows: ACCOUNT_ATTRIBUTES },
  { title: 'The JSON API: changing email address or phone number', rows: ACCOUNT_EMAIL },
  { title: 'The JSON API: password, sign-out, deletion', rows: ACCOUNT_PASSWORD },
  { title: 'The JSON API: second factors, devices, passkeys', rows: ACCOUNT_FACTORS },
  { title: 'Passkeys, in a pool that has them', rows: ACCOUNT_PASSKEYS },
  { title: 'GET /logout', rows: LOGOUT },
  { title: 'The end of a hosted session', rows: END },
];

export const BEHAVIORS: readonly Behavior[] = CHAPTERS.flatMap(({ rows }) => rows);
