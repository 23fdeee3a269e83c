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
