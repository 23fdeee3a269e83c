import { SECRETS, type SecretKind, type Secrets } from './overhear';

/** So many characters of a secret in a row are a leak: half a token is one, too. */
const WINDOW = 16;

/** Tells which kinds of secrets are in a text, as they are or encoded. */
export type Search = (text: string) => SecretKind[];

/**
 * Makes a search for every window of every secret, in every form that code could give it.
 *
 * @param secrets all that may be met
 */
export function searchFor(secrets: Secrets): Search {
  const windows = new Map<string, SecretKind>();
  for (const kind of SECRETS) {
    for (const form of secrets.of(kind).flatMap(parts).flatMap(forms)) {
      if (form.length < WINDOW) windows.set(form, kind);
      for (const window of windowsOf(form)) windows.set(window, kind);
    }
  }
  const lengths = [...new Set([...windows.keys()].map((window) => window.length))];
  return (text) => {
    const found = new Set<SecretKind>();
    for (const length of lengths) {
      for (const window of windowsOf(text, length)) {
        const kind = windows.get(window);
        if (kind) found.add(kind);
      }
    }
    return [...found];
  };
}

function* windowsOf(text: string, length = WINDOW): Generator<string> {
  for (let at = 0; at + length <= text.length; at++) yield text.slice(at, at + length);
}

/** The header of a token is no secret and the same in all of them; every other part is one. */
function parts(secret: string): string[] {
  return secret.startsWith('eyJ') ? secret.split('.').slice(1) : [secret];
}

/** A secret as it is, in a URL, in a form, in HTML and JSON, and within any base64. */
function forms(secret: string): string[] {
  const form = new URLSearchParams({ '': secret }).toString().slice(1);
  const escaped = secret.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    ...new Set([secret, encodeURIComponent(secret), form, escaped, json]),
    ...[...new Set([secret, form])].flatMap(inBase64),
    Buffer.from(secret).toString('hex'),
  ];
}

/** Base64 depends on what stands before: there are three ways, less the characters at both ends. */
function inBase64(secret: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.from(`${' '.repeat(before)}${secret}`);
    return [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')].map((text) =>
      text.slice(before === 0 ? 0 : before + 1, -1),
    );
  });
}
