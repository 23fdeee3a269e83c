import { Hono } from 'hono';
import { html } from 'hono/html';
import type { PoolEnv } from '../http';
import { passwordFault } from '../password-policy';
import type { PoolState } from '../state';
import { mailSignUpCode } from './code-emails';
import { emailFault, isEmail } from './email';
import {
  backToSignIn,
  emailField,
  field,
  form,
  newPasswordField,
  submitButton,
  usernameField,
} from './form-parts';
import { beginStep } from './steps';
import { type Answer, goTo, onSubmit, onVisit, type Shown, showPage, type Visit } from './visit';

/** The pattern and length of Cognito's `UsernameType`. */
const USERNAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;
/** Cognito's maximum length of an attribute. */
const LONGEST_ATTRIBUTE = 2048;

/**
 * The sign-up page. It creates an unconfirmed user, sends a code, and continues at /confirm.
 *
 * @param pool the pool
 */
export function signUpRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  routes.get(
    '/signup',
    onVisit(pool, (visit) =>
      pool.settings.selfSignUp ? showSignUp(visit, {}) : goTo(visit, '/login'),
    ),
  );
  routes.post('/signup', onSubmit(pool, showSignUp, signUp));
  return routes;
}

function signUp(visit: Visit, sent: URLSearchParams): Answer {
  const { pool, request } = visit;
  const username = sent.get('username') ?? '';
  const password = sent.get('password') ?? '';
  const email = (sent.get('requiredAttributes[email]') ?? '').trim();
  const name = (sent.get('requiredAttributes[name]') ?? '').trim();
  const problem = problemOf(visit, { username, password, email, name });
  if (problem !== null) return showSignUp(visit, { problem, sent });

  const attributes = { email, email_verified: 'false', ...(name !== '' && { name }) };
  const account = pool.users.add({
    username,
    password,
    status: 'UNCONFIRMED',
    groups: [],
    attributes,
  });
  mailSignUpCode(pool, account, request.client.clientId);
  // This browser has just set the password, so the right code may sign it in.
  return beginStep(visit, { kind: 'confirm', username }, { notice: 'codeSent' });
}

function problemOf(
  { pool }: Visit,
  sent: { username: string; password: string; email: string; name: string },
): string | null {
  if (!pool.settings.selfSignUp) return 'SignUp is not permitted for this user pool';
  if (!USERNAME.test(sent.username)) {
    return 'Username should be 1 to 128 characters long, without spaces.';
  }
  // Email addresses are aliases here, so a username must not take over another user's address.
  if (isEmail(sent.username)) {
    return 'Username cannot be of email format, since user pool is configured for email alias.';
  }
  if (sent.name.length > LONGEST_ATTRIBUTE) {
    return 'Attributes did not conform to the schema: name: String must be no longer than 2048 characters';
  }
  const fault =
    emailFault(sent.email) ?? passwordFault(pool.settings.passwordPolicy, sent.password);
  return fault ?? (pool.users.find(sent.username) ? 'User already exists' : null);
}

function showSignUp(visit: Visit, shown: Shown, status?: 200 | 403): Answer {
  const name = { name: 'requiredAttributes[name]', id: 'name', label: 'name' } as const;
  const fields = html`
      ${usernameField(visit, shown)}
      ${emailField(visit, shown)}
      ${field(visit, shown, { ...name, autocomplete: 'name', optional: true })}
      ${newPasswordField(visit, shown, 'password', 'password')}
      ${submitButton(visit, 'signUpButton', 'signUp')}`;
  const body = html`${form(visit, fields)} ${backToSignIn(visit)}`;
  return showPage(visit, 'signUp', body, shown, status);
}
