/** A piece of code that a page links to. */
export interface Wanted {
  readonly id: string;
  /** What the code does, or what the test proves. */
  readonly title: string;
  readonly file: string;
  /** How the code starts. Must be in the file exactly once. A comment directly above it is included. */
  readonly start: string;
}

/** The code behind the steps of `/flow`. */
export const STEPS = [
  {
    id: 'admit',
    title: 'Decide on each request: let it pass, refresh its session or refuse it',
    file: 'lib/cognito/admit.ts',
    start: 'export async function admit(',
  },
  {
    id: 'answers',
    title: 'Choose the response to a refused request',
    file: 'lib/cognito/refusals.ts',
    start: 'const ANSWERS: ',
  },
  {
    id: 'start',
    title: 'Start at the hosted UI',
    file: 'lib/cognito/protocol/sign-in.ts',
    start: 'export async function signInUrl(',
  },
  {
    id: 'authorize',
    title: 'Build the URL of the hosted UI',
    file: 'lib/cognito/protocol/hosted-ui.ts',
    start: 'export function authorizeUrl(',
  },
  {
    id: 'callback',
    title: 'Handle the callback',
    file: 'app/login/route.ts',
    start: 'async function finish(',
  },
  {
    id: 'exchange',
    title: 'Exchange the code for three tokens',
    file: 'lib/cognito/protocol/tokens.ts',
    start: 'export async function exchangeCode(',
  },
  {
    id: 'verify',
    title: 'Verify both tokens, and that they belong together',
    file: 'lib/cognito/protocol/verify.ts',
    start: 'export async function verifyTokens(',
  },
  {
    id: 'signature',
    title: 'Verify one token’s signature',
    file: 'lib/cognito/protocol/verify.ts',
    start: 'async function verifySignature(',
  },
  {
    id: 'claims',
    title: 'Check its issuer, its user and its times',
    file: 'lib/cognito/protocol/claims.ts',
    start: 'function assertCommon(',
  },
  {
    id: 'seal',
    title: 'Encrypt the tokens into the session cookie',
    file: 'lib/cognito/session/session-store.ts',
    start: 'async function write(',
  },
  {
    id: 'pack',
    title: 'Pack three tokens into as few bytes as possible',
    file: 'lib/cognito/packing/pack.ts',
    start: 'export function pack(',
  },
  {
    id: 'page',
    title: 'Get the signed-in user in a page',
    file: 'lib/cognito/current-user.ts',
    start: 'export async function requireUser(',
  },
  {
    id: 'refresh',
    title: 'Refresh a session once, however many requests need it',
    file: 'lib/cognito/session/refresh.ts',
    start: 'export function createRefresher(',
  },
  {
    id: 'sign-out',
    title: 'Revoke the refresh token',
    file: 'lib/cognito/protocol/tokens.ts',
    start: 'export async function revokeToken(',
  },
] as const satisfies readonly Wanted[];

/** The tests behind the claims of the landing page. */
export const PROOFS = [
  {
    id: 'no-pool-in-build',
    title: 'The build contains no code of the local user pool',
    file: 'tests/site/headers.test.ts',
    start: "test('the build contains no text from any file of the local user pool",
  },
  {
    id: 'one-refresh',
    title: 'Many requests at once lead to one refresh, and no user is signed out',
    file: 'tools/workshop/in-process/races.test.ts',
    start: "describe('fifty requests at once with one expired session'",
  },
  {
    id: 'outage',
    title: 'Users keep their sessions during a Cognito outage',
    file: 'tests/in-process/outage.test.ts',
    start: "test.each(FAULTS)(\n    '%s: an expired session is kept",
  },
  {
    id: 'mutation',
    title: 'Without any one of the security checks, a test fails',
    file: 'tools/workshop/mutation/table.test.ts',
    start: "test('the table has one row for each",
  },
  {
    id: 'hundred-groups',
    title: 'The session of a user in 100 groups fits in the cookies',
    file: 'tests/in-process/cookies.test.ts',
    start: "test('hold a member of 100 groups'",
  },
  {
    id: 'return-to',
    title: 'A hostile link can’t send users to another site',
    file: 'tools/workshop/site/redirects-in-browser.test.ts',
    start: "describe('a user who follows a hostile link and signs in'",
  },
  {
    id: 'login-csrf',
    title: 'A link can’t sign users in as someone else',
    file: 'tools/workshop/in-process/mix-ups.test.ts',
    start: 'describe("the attacker\'s sign-in does not become the victim\'s"',
  },
] as const satisfies readonly Wanted[];

/** The ID of an excerpt. */
export type ExcerptId = (typeof STEPS | typeof PROOFS)[number]['id'];
