import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { domainCookie, readCookie } from '../cookies';
import type { PoolEnv } from '../http';
import type { PoolState } from '../state';
import type { PendingSignIn, Step } from './pending-sign-in';
import { type Answer, goTo, onSubmit, onVisit, type Shown, type Visit } from './visit';

/** In Cognito, a challenge is valid for three minutes (AuthSessionValidity). */
const CHALLENGE_SECONDS = 180;
/** Steps that wait for an email are valid for a day. The codes have their own lifetimes. */
const MAIL_SECONDS = 24 * 3600;

/** The path of each step. Cognito's last three paths aren't known (facts, section 3). */
const PATHS = {
  login: '/login',
  confirm: '/confirm',
  reset: '/confirmforgotPassword',
  'new-password': '/newPassword',
  passkey: '/passkeys/sign-in',
  mfa: '/mfa',
  'mfa-setup': '/mfaSetup',
} as const;

/** Cognito's cookie for "data between pages" (facts, section 2). */
const COOKIE = 'page-data';

/**
 * Redirects to the next step, with a new cookie. This ends the current step.
 *
 * @param visit the request
 * @param step the next step
 * @param told a problem or notice to show there
 */
export function beginStep(visit: Visit, step: Step, told: Omit<Shown, 'sent'> = {}): Response {
  const { pool, c } = visit;
  endStep(visit);
  const value = randomBytes(32).toString('base64url');
  const waitsForMail = step.kind === 'confirm' || step.kind === 'reset';
  const expiresAt = pool.now() + (waitsForMail ? MAIL_SECONDS : CHALLENGE_SECONDS);
  pool.pendingSignIns.set(value, { step, expiresAt, ...told });
  c.header('Set-Cookie', domainCookie(pool, COOKIE, value), { append: true });
  return goTo(visit, PATHS[step.kind]);
}

/**
 * The current step of this browser.
 *
 * @param visit the request
 */
export function presentStep({ pool, c }: Visit): PendingSignIn | undefined {
  return pool.pendingSignIns.get(readCookie(c.req.raw, COOKIE) ?? '');
}

/**
 * Ends the current step of this browser.
 *
 * @param visit the request
 */
export function endStep({ pool, c }: Visit): void {
  pool.pendingSignIns.delete(readCookie(c.req.raw, COOKIE) ?? '');
}

/**
 * Ends every unfinished sign-in of a user, because the password that started it has changed.
 *
 * @param pool the pool
 * @param username exactly as in the account
 */
export function endStepsOf(pool: PoolState, username: string): void {
  for (const [value, { step }] of pool.pendingSignIns) {
    if ('username' in step && step.username === username) pool.pendingSignIns.delete(value);
  }
}

type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>;

/** The page of a step. */
interface StepPage<K extends Step['kind']> {
  kind: K;
  show(visit: Visit, step: StepOf<K>, shown: Shown, status?: 200 | 403): Answer;
  submit(visit: Visit, step: StepOf<K>, form: URLSearchParams): Answer;
  /** Where to redirect browsers that aren't at this step. Default: /login. */
  begins?: string;
  /** Other paths of the page. */
  aliases?: readonly string[];
}

/**
 * Creates the routes of a step's page. They only work in a browser that is at this step.
 *
 * @param pool the pool
 * @param page shows the page and handles its form
 */
export function stepRoutes<K extends Step['kind']>(
  pool: PoolState,
  page: StepPage<K>,
): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  const atStep = (visit: Visit, then: (step: StepOf<K>, told: Shown) => Answer): Answer => {
    const found = presentStep(visit);
    if (!found || !isOf(found.step, page.kind)) return goTo(visit, page.begins ?? '/login');
    if (pool.now() >= found.expiresAt) return beginAgain(visit);
    return then(found.step, { problem: found.problem, notice: found.notice });
  };
  const show = onVisit(pool, (visit) =>
    atStep(visit, (step, told) => page.show(visit, step, told)),
  );
  const submit = onSubmit(
    pool,
    (visit, shown, status) => atStep(visit, (step) => page.show(visit, step, shown, status)),
    (visit, form) => atStep(visit, (step) => page.submit(visit, step, form)),
  );
  for (const path of [PATHS[page.kind], ...(page.aliases ?? [])]) {
    routes.get(path, show).post(path, submit);
  }
  return routes;
}

/**
 * Redirects back to the sign-in page and shows the reason.
 *
 * @param visit the request
 * @param problem Cognito's error message
 */
export function beginAgain(
  visit: Visit,
  problem = 'Invalid session for the user, session is expired.',
): Response {
  return beginStep(visit, { kind: 'login' }, { problem });
}

function isOf<K extends Step['kind']>(step: Step, kind: K): step is StepOf<K> {
  return step.kind === kind;
}
