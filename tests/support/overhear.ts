import type { RunningSite } from './site';

/** The kinds of secrets that must not leak. */
export const SECRETS = [
  'client secret',
  'session secret',
  'password',
  'code',
  'state',
  'nonce',
  'code verifier',
  'ID token',
  'access token',
  'refresh token',
  'sealed cookie',
] as const;
export type SecretKind = (typeof SECRETS)[number];

/** Collects the real secrets of a run: every value that was issued, by its kind. */
export class Secrets {
  readonly #values = new Map<SecretKind, Set<string>>(SECRETS.map((kind) => [kind, new Set()]));

  add(kind: SecretKind, value: string | null | undefined): void {
    if (value) this.#values.get(kind)?.add(value);
  }

  of(kind: SecretKind): string[] {
    return [...(this.#values.get(kind) ?? [])];
  }
}

/** What a listener at the user pool has recorded. */
export interface Eavesdropper {
  readonly secrets: Secrets;
  /** The `Referer` of every request that had one, and the path of the request. */
  readonly referers: readonly { readonly path: string; readonly referer: string }[];
  /**
   * Sets the response of the token endpoint, the revocation endpoint and the API. The function gets
   * the `Authorization` header and the body of the request. null restores the normal responses.
   */
  answerWith(answer: ((heard: string) => Response) | null): void;
}

const FROM_QUERY: [SecretKind, string][] = [
  ['state', 'state'],
  ['nonce', 'nonce'],
];
const FROM_FORM: [SecretKind, string][] = [
  ['password', 'password'],
  ['code', 'code'],
  ['code verifier', 'code_verifier'],
  ['refresh token', 'refresh_token'],
];
const FROM_ANSWER: [SecretKind, string][] = [
  ['ID token', 'id_token'],
  ['access token', 'access_token'],
  ['refresh token', 'refresh_token'],
];

/** Endpoints that only the server calls, never a browser. */
const BACK_CHANNEL = ['/oauth2/token', '/oauth2/revoke', '/'];

/**
 * Starts listening at a site's user pool.
 *
 * @param site with its own pool
 */
export function overhear(site: RunningSite): Eavesdropper {
  const secrets = new Secrets();
  const referers: { path: string; referer: string }[] = [];
  let answer: ((heard: string) => Response) | null = null;
  const { pool } = site;
  const original = pool.fetch;
  const mint = pool.mint;

  pool.mint = async (...asked) => {
    const tokens = await mint(...asked);
    note(FROM_ANSWER, asParams({ ...tokens }));
    return tokens;
  };

  pool.fetch = async (request) => {
    const url = new URL(request.url);
    const body = request.method === 'POST' ? await request.clone().text() : '';
    note(FROM_QUERY, url.searchParams);
    note(FROM_FORM, new URLSearchParams(body));
    const referer = request.headers.get('referer');
    if (referer) referers.push({ path: url.pathname, referer });
    if (answer && BACK_CHANNEL.includes(url.pathname)) {
      return answer(`${request.headers.get('authorization')} ${body}`);
    }
    const response = await original(request);
    const location = response.headers.get('location');
    if (location) secrets.add('code', new URL(location, url).searchParams.get('code'));
    if (url.pathname === '/oauth2/token') note(FROM_ANSWER, await members(response.clone()));
    return response;
  };

  function note(names: [SecretKind, string][], from: { get(name: string): string | null }): void {
    for (const [kind, name] of names) secrets.add(kind, from.get(name));
  }

  return {
    secrets,
    referers,
    answerWith(next) {
      answer = next;
    },
  };
}

async function members(response: Response): Promise<URLSearchParams> {
  return asParams(await response.json().catch(() => ({})));
}

function asParams(body: Record<string, unknown>): URLSearchParams {
  return new URLSearchParams(Object.entries(body).map(([name, value]) => [name, String(value)]));
}

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
