/** A piece of code that pages point to. */
export interface Wanted {
  readonly id: string;
  /** What it does, or what it shows. */
  readonly title: string;
  readonly file: string;
  /** How the code begins, once in its file; what stands above as its comment comes along. */
  readonly start: string;
}

/** One for each step of the flow, and what belongs to it. */
export const STEPS = [
  {
    id: 'admit',
    title: 'Every request is admitted, refreshed or answered here',
    file: 'lib/cognito/admit.ts',
    start: 'export async function admit(',
  },
  {
    id: 'answers',
    title: 'What each kind of request gets instead of its page',
    file: 'lib/cognito/refusals.ts',
    start: 'const ANSWERS: ',
  },
  {
    id: 'start',
    title: 'A sign-in attempt starts',
    file: 'lib/cognito/protocol/sign-in.ts',
    start: 'export async function startSignIn(',
  },
  {
    id: 'authorize',
    title: 'The address of the hosted UI',
    file: 'lib/cognito/protocol/hosted-ui.ts',
    start: 'export function authorizeUrl(',
  },
  {
    id: 'callback',
    title: 'The callback is answered',
    file: 'app/login/route.ts',
    start: 'async function finish(',
  },
  {
    id: 'exchange',
    title: 'The code becomes three tokens',
    file: 'lib/cognito/protocol/tokens.ts',
    start: 'export async function exchangeCode(',
  },
  {
    id: 'verify',
    title: 'Both tokens are verified, and that they belong together',
    file: 'lib/cognito/protocol/verify.ts',
    start: 'export async function verifyTokens(',
  },
  {
    id: 'signature',
    title: 'Signature, issuer and times of one token',
    file: 'lib/cognito/protocol/verify.ts',
    start: 'async function verifySignature(',
  },
  {
    id: 'seal',
    title: 'The tokens are sealed into the session',
    file: 'lib/cognito/session/session-store.ts',
    start: 'async function write(',
  },
  {
    id: 'pack',
    title: 'Three tokens in as few bytes as they can have',
    file: 'lib/cognito/packing/pack.ts',
    start: 'export function pack(',
  },
  {
    id: 'page',
    title: 'A page asks who is there',
    file: 'lib/cognito/current-user.ts',
    start: 'export async function requireUser(',
  },
  {
    id: 'refresh',
    title: 'A session is refreshed, once however many ask',
    file: 'lib/cognito/session/refresh.ts',
    start: 'export function createRefresher(',
  },
  {
    id: 'sign-out',
    title: 'The refresh token is revoked',
    file: 'lib/cognito/protocol/tokens.ts',
    start: 'export async function revokeToken(',
  },
] as const satisfies readonly Wanted[];

/** One for each claim that the landing page makes. */
export const PROOFS = [
  {
    id: 'no-pool-in-build',
    title: 'No byte of the local user pool is in the build',
    file: 'tests/site/headers.test.ts',
    start: "test('the build contains no text from any file of the local user pool",
  },
  {
    id: 'one-refresh',
    title: 'Many requests at once: one refresh, and nobody is signed out',
    file: 'tools/workshop/in-process/races.test.ts',
    start: "describe('fifty requests at once with one expired session'",
  },
  {
    id: 'outage',
    title: 'An outage of Cognito costs nobody the session',
    file: 'tests/in-process/outage.test.ts',
    start: "test.each(FAULTS)(\n    '%s: an expired session is kept",
  },
  {
    id: 'mutation',
    title: 'Every defence is taken away once, and a test notices',
    file: 'tools/workshop/mutation/table.test.ts',
    start: "test('the table has one row for each",
  },
  {
    id: 'hundred-groups',
    title: 'A member of 100 groups fits in the cookie',
    file: 'tests/in-process/cookies.test.ts',
    start: "test('hold a member of 100 groups'",
  },
  {
    id: 'return-to',
    title: 'A hostile link leads nobody to another site',
    file: 'tools/workshop/site/redirects-in-browser.test.ts',
    start: "describe('a user who follows a hostile link and signs in'",
  },
  {
    id: 'login-csrf',
    title: 'Nobody is signed in as somebody else by a link',
    file: 'tools/workshop/in-process/mix-ups.test.ts',
    start: 'describe("the attacker\'s sign-in does not become the victim\'s"',
  },
] as const satisfies readonly Wanted[];

/** The name of an excerpt. */
export type ExcerptId = (typeof STEPS | typeof PROOFS)[number]['id'];
