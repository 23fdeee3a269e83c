import { html } from 'hono/html';
import type { Html } from './layout';
import type { TextKey } from './translations';
import { along, type Shown, type Visit } from './visit';

/** A labelled field of a form. */
interface Field {
  name: string;
  /** Default: the name. */
  id?: string;
  label: TextKey;
  /** Default: text. */
  type?: 'email' | 'password';
  /** The browser's hint what to fill in, e.g. `one-time-code`. */
  autocomplete: string;
  /** Default: what was sent before, unless it is secret. */
  value?: string | undefined;
  /** Shown below, and read out with the field. */
  hint?: string;
  optional?: boolean;
  /** Typing may begin here at once. */
  focus?: boolean;
}

/**
 * A form with the anti-forgery token.
 *
 * @param visit the request
 * @param content fields and button
 * @param more `to`: the path it is sent to, the whole query with it; default: the page's own
 *   address. `name`: of the form
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
 * A field that nobody sees.
 *
 * @param name of the field
 * @param value of the field
 */
export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

/**
 * A field with its label. After a problem it is described by it, for screen readers.
 *
 * @param visit the request
 * @param shown what the page shows
 * @param given what the field is
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

/** The user name, where a page begins with it. */
export function usernameField(visit: Visit, shown: Shown): Html {
  const name = 'username';
  return field(visit, shown, { name, label: name, autocomplete: name, focus: true });
}

/** The e-mail address, under the classic hosted UI's name. */
export function emailField(visit: Visit, shown: Shown): Html {
  const label = 'email';
  const name = 'requiredAttributes[email]';
  return field(visit, shown, { name, id: label, label, type: label, autocomplete: label });
}

/** Six digits, of a mail or of an authenticator app. */
export function codeField(visit: Visit, shown: Shown, name: string, label: TextKey): Html {
  return field(visit, shown, { name, label, autocomplete: 'one-time-code', focus: true });
}

/** A password to be set, with the pool's policy as its hint. */
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

/** The name that a new password belongs to, for password managers; never seen, never sent. */
export function ownerOfPassword(username: string): Html {
  return html`<input type="text" autocomplete="username" value="${username}" readonly hidden>`;
}

/** A form's button; its name is the classic hosted UI's where that is known. */
export function submitButton(visit: Visit, name: string, label: TextKey): Html {
  const text = visit.say(label);
  return html`<button class="wide" type="submit" name="${name}" value="${text}">${text}</button>`;
}

/** The way back, below a page's forms. */
export function backToSignIn(visit: Visit): Html {
  return html`<p class="links"><a href="${along(visit, '/login')}">${visit.say('backToSignIn')}</a></p>`;
}
