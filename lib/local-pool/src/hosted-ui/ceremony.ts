import { html } from 'hono/html';
import type { PoolContext } from '../http';
import { type Html, respond } from './layout';

/** A page on which the browser creates or uses a passkey. */
interface Ceremony {
  kind: 'create' | 'get';
  title: string;
  text: Html;
  /** For the browser, as JSON. */
  options: object;
  /** The text of the button that asks the browser. */
  button: string;
  /** The other button, or a link. */
  cancel: Html;
  problem: string | undefined;
  /** Where the browser is redirected afterwards. */
  formTarget: string;
}

/** Puts the credential, or the name of the browser's error, into the form, and sends it. */
const SCRIPT = `
const form = document.querySelector('form[data-ceremony]');
form.addEventListener('submit', async (event) => {
  if (event.submitter?.name === 'cancel') return;
  event.preventDefault();
  const { ceremony, options } = form.dataset;
  try {
    const credential = ceremony === 'create'
      ? await navigator.credentials.create({
          publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options)),
        })
      : await navigator.credentials.get({
          publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options)),
        });
    form.elements.namedItem('credential').value = JSON.stringify(credential.toJSON());
  } catch (error) {
    form.elements.namedItem('failure').value = error.name;
  }
  form.submit();
});
`;

/**
 * Shows a page that uses a passkey. It is in English in every language, and needs JavaScript. The
 * ticket in its URL protects the form against forgery.
 *
 * @param c the request
 * @param page what to show
 */
export function showCeremony(c: PoolContext, page: Ceremony) {
  const { title, kind, options, problem } = page;
  const body = html`
    <h1>${title}</h1>
    ${problem === undefined ? '' : html`<p class="problem" id="problem" role="alert">${problem}</p>`}
    ${page.text}
    <form method="post" data-ceremony="${kind}" data-options="${JSON.stringify(options)}">
      <input type="hidden" name="credential" value="">
      <input type="hidden" name="failure" value="">
      <button class="wide" type="submit">${page.button}</button>
      ${page.cancel}
    </form>
    <noscript><p class="soft">Passkeys need JavaScript.</p></noscript>`;
  return respond(c, { status: 200, title, body, script: SCRIPT, formTarget: page.formTarget });
}

/**
 * The credential that the form of such a page sent.
 *
 * @param form the form
 * @returns null if the browser has none
 */
export function sentCredential(form: URLSearchParams): unknown {
  try {
    return JSON.parse(form.get('credential') ?? '');
  } catch {
    return null;
  }
}
