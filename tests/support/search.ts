import { SECRETS, type SecretKind, type Secrets } from './overhear';

/** This many consecutive characters of a secret are a leak, so that part of a token counts too. */
const WINDOW = 16;

/** Returns which kinds of secrets a text contains, plain or encoded. */
export type Search = (text: string) => SecretKind[];

/**
 * Creates a search for every part of every secret, in every encoding that code could use.
 *
 * @param secrets the secrets to look for
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

/** Every part of a token is secret except its header, which is the same in many tokens. */
function parts(secret: string): string[] {
  return secret.startsWith('eyJ') ? secret.split('.').slice(1) : [secret];
}

/** A secret in plain text, in a URL, a form, HTML and JSON, and inside longer base64 or hex text. */
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

/**
 * Inside longer base64 text, a secret can be encoded in three ways, depending on its offset. The
 * characters at both ends are left out because they depend on the text around the secret.
 */
function inBase64(secret: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.from(`${' '.repeat(before)}${secret}`);
    return [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')].map((text) =>
      text.slice(before === 0 ? 0 : before + 1, -1),
    );
  });
}
