import { createJar } from '@/lib/local-pool/src/testing/jar';

/** Who signs in: a seeded user of the pool. */
export interface Person {
  username: string;
  password: string;
}

export const ALICE: Person = { username: 'alice', password: 'Alice-password-1' };
export const BOB: Person = { username: 'bob', password: 'Bob-password-1' };

/**
 * Goes where a client sends a browser, and signs in through the pool's page.
 *
 * @param authorizationUrl the client's authorization request, absolute
 * @param person who
 * @returns the callback's address, with what the pool answered; it is not opened
 * @throws Error when the pool shows no form, or refuses
 */
export async function signInAt(authorizationUrl: URL | string, person = ALICE): Promise<URL> {
  const { origin } = new URL(authorizationUrl);
  const jar = createJar(origin);
  const visit = async (url: URL, init: RequestInit = {}) => {
    const headers = { ...init.headers, cookie: jar.cookie(origin) };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    jar.store(origin, response.headers.getSetCookie());
    return response;
  };

  const authorize = new URL(authorizationUrl);
  const first = await visit(authorize);
  const page = new URL(first.headers.get('location') ?? '', authorize);
  // An error goes straight back to the client.
  if (page.origin !== authorize.origin) return page;

  const html = await (await visit(page)).text();
  const [, csrf] = /name="_csrf" value="([^"]+)"/.exec(html) ?? [];
  if (csrf === undefined) throw new Error(`No sign-in form at ${page.pathname}${page.search}`);
  const form = { _csrf: csrf, ...person, cognitoAsfData: '', signInSubmitButton: 'Sign in' };
  const answer = await visit(page, { method: 'POST', body: new URLSearchParams(form) });
  const callback = answer.headers.get('location');
  if (callback === null) throw new Error(`The pool refused ${person.username}`);
  return new URL(callback);
}
