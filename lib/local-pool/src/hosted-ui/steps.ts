import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { domainCookie, readCookie } from '../cookies';
import type { PoolEnv } from '../http';
import type { PoolState } from '../state';
import type { PendingSignIn, Step } from './pending-sign-in';
import { type Answer, goTo, onSubmit, onVisit, type Shown, type Visit } from './visit';

/** The session of a challenge lives three minutes in Cognito (AuthSessionValidity). */
const CHALLENGE_SECONDS = 180;
/** Whoever waits for a mail has a day; the codes have lives of their own. */
const MAIL_SECONDS = 24 * 3600;

/** Where each step is done. Cognito's paths of the last three are not known (facts, section 3). */
const PATHS = {
  login: '/login',
  confirm: '/confirm',
  reset: '/confirmforgotPassword',
  'new-password': '/newPassword',
  mfa: '/mfa',
  'mfa-setup': '/mfaSetup',
} as const;

/** Cognito's cookie for "data between pages" (facts, section 2). */
const COOKIE = 'page-data';

/**
 * Sends the browser on to its next step, with a new cookie; the step before it is over.
 *
 * @param visit the request
 * @param step what comes next
 * @param told problem or notice, shown there
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
 * What this browser has to do.
 *
 * @param visit the request
 */
export function presentStep({ pool, c }: Visit): PendingSignIn | undefined {
  return pool.pendingSignIns.get(readCookie(c.req.raw, COOKIE) ?? '');
}

/**
 * Forgets what this browser had to do.
 *
 * @param visit the request
 */
export function endStep({ pool, c }: Visit): void {
  pool.pendingSignIns.delete(readCookie(c.req.raw, COOKIE) ?? '');
}

/**
 * Ends every sign-in of a user that is not done yet: the password that it began with is changed.
 *
 * @param pool the pool
 * @param username as the account has it
 */
export function endStepsOf(pool: PoolState, username: string): void {
  for (const [value, { step }] of pool.pendingSignIns) {
    if ('username' in step && step.username === username) pool.pendingSignIns.delete(value);
  }
}

type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>;

/** A page that belongs to a step. */
interface StepPage<K extends Step['kind']> {
  kind: K;
  show(visit: Visit, step: StepOf<K>, shown: Shown, status?: 200 | 403): Answer;
  submit(visit: Visit, step: StepOf<K>, form: URLSearchParams): Answer;
  /** Where the step begins: whoever has not begun is sent there. Default: /login. */
  begins?: string;
  /** Other paths of the page. */
  aliases?: readonly string[];
}

/**
 * The routes of a step's page. They answer only to a browser that is at this step.
 *
 * @param pool the pool
 * @param page what to show, and what to do with the form
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
 * Back to the first page, with the reason.
 *
 * @param visit the request
 * @param problem in Cognito's words
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
