import { html } from 'hono/html';
import type { Html } from './layout';
import { along, type Shown, type Visit } from './visit';

/** A labelled field of a form. */
export interface Field {
  id: string;
  name: string;
  label: string;
  type: 'text' | 'email' | 'password';
  /** The browser's hint what to fill in, e.g. `one-time-code`. */
  autocomplete: string;
  value?: string | undefined;
  /** Shown below, and read out with the field. */
  hint?: string | undefined;
  optional?: boolean;
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
 * A text field with its label. After a problem it is described by it, for screen readers.
 *
 * @param given what it is
 * @param shown what the page shows
 * @param focus whether typing may begin here at once
 */
export function field(given: Field, shown: Shown, focus = false): Html {
  const { id, name, label, type, autocomplete, value = '', hint } = given;
  const about = [shown.problem && 'problem', hint && `${id}-hint`].filter(Boolean).join(' ');
  return html`<label for="${id}">${label}</label>
      <input id="${id}" name="${name}" type="${type}" autocomplete="${autocomplete}"
        ${given.optional ? '' : 'required'} ${type === 'text' ? PLAIN : ''}
        ${autocomplete === 'one-time-code' ? CODE : ''} ${focus ? 'autofocus' : ''}
        ${about === '' ? '' : html`aria-describedby="${about}"`} value="${value}">
      ${hint === undefined ? '' : html`<p class="soft hint" id="${id}-hint">${hint}</p>`}`;
}

const PLAIN = html`autocapitalize="none" spellcheck="false"`;
const CODE = html`inputmode="numeric" maxlength="7"`;

/**
 * The field for six digits.
 *
 * @param name of the field, also its id
 * @param label of the field
 * @param shown what the page shows
 */
export function codeField(name: string, label: string, shown: Shown): Html {
  const autocomplete = 'one-time-code';
  return field({ id: name, name, label, type: 'text', autocomplete }, shown, true);
}

/**
 * The field for a new password, with the pool's policy as its hint.
 *
 * @param visit the request
 * @param name of the field, also its id
 * @param label of the field
 * @param shown what the page shows
 */
export function newPasswordField(visit: Visit, name: string, label: string, shown: Shown): Html {
  const { passwordPolicy: policy } = visit.pool.settings;
  const hint = [
    visit.say('atLeast', String(policy.minimumLength)),
    policy.requireUppercase && visit.say('uppercase'),
    policy.requireLowercase && visit.say('lowercase'),
    policy.requireNumbers && visit.say('number'),
    policy.requireSymbols && visit.say('symbol'),
  ].filter((part) => part !== false);
  const given = { id: name, name, label, type: 'password', hint: hint.join(', ') } as const;
  return field({ ...given, autocomplete: 'new-password' }, shown);
}

/**
 * The name that a new password belongs to, for password managers. Nobody sees it, nothing sends it.
 *
 * @param username as the step has it
 */
export function ownerOfPassword(username: string): Html {
  return html`<input type="text" autocomplete="username" value="${username}" readonly hidden>`;
}

/**
 * A form's button.
 *
 * @param name of the button, as the classic hosted UI calls it where that is known
 * @param label of the button
 */
export function submitButton(name: string, label: string): Html {
  return html`<button class="wide" type="submit" name="${name}" value="${label}">${label}</button>`;
}

/**
 * The way back, below a page's forms.
 *
 * @param visit the request
 */
export function backToSignIn(visit: Visit): Html {
  return html`<p class="links"><a href="${along(visit, '/login')}">${visit.say('backToSignIn')}</a></p>`;
}
