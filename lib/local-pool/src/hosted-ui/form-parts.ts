import { html } from 'hono/html';
import type { Html } from './layout';
import type { TextKey } from './translations';
import { along, type Shown, type Visit } from './visit';

/** A labeled form field. */
interface Field {
  name: string;
  /** Default: the name. */
  id?: string;
  label: TextKey;
  /** Default: text. */
  type?: 'email' | 'password';
  /** Tells the browser what to fill in, e.g. `one-time-code`. */
  autocomplete: string;
  /** Default: the value submitted before, unless it is secret. */
  value?: string | undefined;
  /** Shown below the field, and read by screen readers. */
  hint?: string;
  optional?: boolean;
  /** Whether the field has the focus when the page opens. */
  focus?: boolean;
}

/**
 * A form with the anti-forgery token.
 *
 * @param visit the request
 * @param content fields and button
 * @param more `to`: the path that it is sent to, with the whole query; default: the page's own URL.
 *   `name`: the name of the form
 */
export function form(
  visit: Visit,
  content: Html,
  { to, name }: { to?: string; name?: string } = {},
): Html {
  const action = to === undefined ? '' : html` action="${along(visit, to)}"`;
  return html`<form method="post"${name === undefined ? '' : html` name="${name}"`}${action}>
      ${hidden('_csrf', visit.c.get('xsrfToken'))}
      ${content}
    </form>`;
}

/**
 * A hidden field.
 *
 * @param name the field's name
 * @param value the field's value
 */
export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

/**
 * A field with its label. If there is a problem, `aria-describedby` points to it, for screen
 * readers.
 *
 * @param visit the request
 * @param shown what the page shows
 * @param given the field
 */
export function field(visit: Visit, shown: Shown, given: Field): Html {
  const { name, id = name, type = 'text', autocomplete, hint } = given;
  const isCode = autocomplete === 'one-time-code';
  const isSecret = isCode || type === 'password';
  const value = given.value ?? (isSecret ? '' : (shown.sent?.get(name) ?? ''));
  const about = [shown.problem && 'problem', hint && `${id}-hint`].filter(Boolean).join(' ');
  return html`<label for="${id}">${visit.say(given.label)}</label>
      <input id="${id}" name="${name}" type="${type}" autocomplete="${autocomplete}"
        ${given.optional ? '' : 'required'} ${type === 'text' ? PLAIN : ''} ${isCode ? CODE : ''}
        ${given.focus ? 'autofocus' : ''}
        ${about === '' ? '' : html`aria-describedby="${about}"`} value="${value}">
      ${hint === undefined ? '' : html`<p class="soft hint" id="${id}-hint">${hint}</p>`}`;
}

const PLAIN = html`autocapitalize="none" spellcheck="false"`;
const CODE = html`inputmode="numeric" maxlength="7"`;

/** The username, as the first field of a page. */
export function usernameField(visit: Visit, shown: Shown): Html {
  const name = 'username';
  return field(visit, shown, { name, label: name, autocomplete: name, focus: true });
}

/** The email address, with the classic hosted UI's field name. */
export function emailField(visit: Visit, shown: Shown): Html {
  const label = 'email';
  const name = 'requiredAttributes[email]';
  return field(visit, shown, { name, id: label, label, type: label, autocomplete: label });
}

/** A six-digit code from an email or an authenticator app. */
export function codeField(visit: Visit, shown: Shown, name: string, label: TextKey): Html {
  return field(visit, shown, { name, label, autocomplete: 'one-time-code', focus: true });
}

/** A new password, with the pool's policy as its hint. */
export function newPasswordField(visit: Visit, shown: Shown, name: string, label: TextKey): Html {
  const { passwordPolicy: policy } = visit.pool.settings;
  const hint = [
    visit.say('atLeast', String(policy.minimumLength)),
    policy.requireUppercase && visit.say('uppercase'),
    policy.requireLowercase && visit.say('lowercase'),
    policy.requireNumbers && visit.say('number'),
    policy.requireSymbols && visit.say('symbol'),
  ].filter((part) => part !== false);
  const autocomplete = 'new-password';
  return field(visit, shown, {
    name,
    label,
    type: 'password',
    autocomplete,
    hint: hint.join(', '),
  });
}

/** Tells password managers whose new password it is. Not visible, and never sent. */
export function ownerOfPassword(username: string): Html {
  return html`<input type="text" autocomplete="username" value="${username}" readonly hidden>`;
}

/** A form's button. It has the classic hosted UI's name where that is known. */
export function submitButton(visit: Visit, name: string, label: TextKey): Html {
  const text = visit.say(label);
  return html`<button class="wide" type="submit" name="${name}" value="${text}">${text}</button>`;
}

/** The link back to the sign-in page, below a page's forms. */
export function backToSignIn(visit: Visit): Html {
  return html`<p class="links"><a href="${along(visit, '/login')}">${visit.say('backToSignIn')}</a></p>`;
}
