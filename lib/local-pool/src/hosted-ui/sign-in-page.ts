import { html } from 'hono/html';
import { takesPasskeys } from '../passkeys/relying-party';
import { remarkOn } from '../user-remark';
import type { Account } from '../users';
import { field, form, hidden, submitButton } from './form-parts';
import type { Html } from './layout';
import { type Answer, along, type Shown, showPage, type Visit } from './visit';

/** What the sign-in page shows. */
interface SignInPage extends Shown {
  /** Prefills the username field. */
  username?: string | undefined;
  /** The user of the active session, who can continue with one button. */
  continueAs?: string | undefined;
}

/**
 * The hosted UI's sign-in page. Its fields have the names of the classic hosted UI. It works
 * without JavaScript.
 *
 * @param visit the request
 * @param page what to show
 * @param status 403 if the form's anti-forgery token didn't match the cookie
 */
export function showSignIn(visit: Visit, page: SignInPage, status: 200 | 403 = 200): Answer {
  const providers = visit.request.client.identityProviders;
  const hasPasswords = providers.includes('COGNITO');
  const body = html`
    ${page.continueAs === undefined ? '' : continueForm(visit, page.continueAs)}
    ${hasPasswords ? passwordForm(visit, page) : ''}
    ${providers.filter((name) => name !== 'COGNITO').map((name) => providerLink(visit, name))}
    ${hasPasswords ? people(visit) : ''}`;
  return showPage(visit, 'signIn', body, page, status);
}

function passwordForm(visit: Visit, page: SignInPage): Html {
  const { say, pool } = visit;
  const name = { id: 'signInFormUsername', name: 'username', label: 'username' } as const;
  const word = { id: 'signInFormPassword', name: 'password', label: 'password' } as const;
  const [value, focus] = [page.username, page.problem !== undefined];
  const fields = html`
      ${field(visit, page, { ...name, autocomplete: 'username', value, focus })}
      ${field(visit, page, { ...word, type: 'password', autocomplete: 'current-password' })}
      ${hidden('cognitoAsfData', '')}
      ${submitButton(visit, 'signInSubmitButton', 'signIn')}
      ${takesPasskeys(pool) ? PASSKEY_BUTTON : ''}`;
  const signUp = html`<a href="${along(visit, '/signup')}">${say('signUp')}</a>`;
  return html`
    ${form(visit, fields, { name: 'cognitoSignInForm' })}
    <p class="links">
      <a href="${along(visit, '/forgotPassword')}">${say('forgotLink')}</a>
      ${pool.settings.selfSignUp ? signUp : ''}
    </p>`;
}

/** After the other button, so that the Enter key sends the password. Always in English. */
const PASSKEY_BUTTON = html`<button class="second wide passkey" type="submit" name="passkey" value="yes"
        formnovalidate lang="en">Sign in with a passkey</button>`;

function continueForm(visit: Visit, username: string): Html {
  const label = visit.say('continueAs', username);
  const button = html`<button class="wide" type="submit" name="continueSession" value="yes">${label}</button>`;
  return html`
    ${form(visit, button)}
    <p class="soft">${visit.say('somebodyElse')}</p>`;
}

/** Links to the authorize endpoint, which redirects to the identity provider. */
function providerLink(visit: Visit, name: string): Html {
  const query = new URLSearchParams(visit.query);
  query.delete('idp_identifier');
  query.set('identity_provider', name);
  return html`<p><a class="button" href="/oauth2/authorize?${query}">
      ${visit.say('continueWith', name)}</a></p>`;
}

/** A section that Cognito doesn't have, so it comes last and is always in English. */
function people(visit: Visit): Html {
  const published = visit.pool.users.list().filter((account) => account.passwordIsPublished);
  return html`
    <section aria-labelledby="people" lang="en">
      <h2 id="people">Test users</h2>
      <p class="soft">Their passwords are public and work only in this pool.</p>
      <ul>${published.map((account) => personRow(visit, account))}</ul>
    </section>`;
}

function personRow(visit: Visit, account: Account): Html {
  const { username, password = '' } = account;
  const button = html`${hidden('username', username)}${hidden('password', password)}
      ${hidden('cognitoAsfData', '')}
      <button class="second" type="submit" name="signInSubmitButton" value="Sign in"
        aria-label="Sign in as ${username}">Sign in</button>`;
  return html`<li>
    <p>
      <strong>${username}</strong> <span class="soft">${remarkOn(account)}</span><br>
      <code>${password}</code>
    </p>
    ${form(visit, button)}
  </li>`;
}
