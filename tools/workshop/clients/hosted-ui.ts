import { createJar } from '@/lib/local-pool/src/testing/jar';

/** A seeded user of the pool who signs in. */
export interface Person {
  username: string;
  password: string;
}

export const ALICE: Person = { username: 'alice', password: 'Alice-password-1' };
export const BOB: Person = { username: 'bob', password: 'Bob-password-1' };

/**
 * Follows a client's authorization request as a browser does, and signs in on the pool's page.
 *
 * @param authorizationUrl the client's authorization request, absolute
 * @param person the user
 * @returns the URL of the callback, with its parameters; it is not opened
 * @throws Error if the pool shows no form or rejects the sign-in
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
  // An error redirects straight back to the client.
  if (page.origin !== authorize.origin) return page;

  const html = await (await visit(page)).text();
  const [, csrf] = /name="_csrf" value="([^"]+)"/.exec(html) ?? [];
  if (csrf === undefined) throw new Error(`No sign-in form at ${page.pathname}${page.search}`);
  const form = { _csrf: csrf, ...person, cognitoAsfData: '', signInSubmitButton: 'Sign in' };
  const answer = await visit(page, { method: 'POST', body: new URLSearchParams(form) });
  const callback = answer.headers.get('location');
  if (callback === null) throw new Error(`The pool rejected the sign-in of ${person.username}`);
  return new URL(callback);
}
