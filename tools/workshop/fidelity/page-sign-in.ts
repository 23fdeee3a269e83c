import { type Changes, codeIn, type Target } from './target';

/** Fills in the hosted UI's pages, keeps its cookies in the target's jar, and returns the code. */
export type PageSignIn = (target: Target, changes: Changes) => Promise<string>;

/**
 * Signs in with the form of the classic hosted UI, without a browser (facts, section 3).
 *
 * @param target the pool; its jar contains the session afterwards
 * @param changes of the authorization request
 * @throws Error if the page has no such form (a script renders managed login's), or refuses the sign-in
 */
export async function signInByForm(target: Target, changes: Changes): Promise<string> {
  const path = `/login?${target.authorizeQuery(changes)}`;
  const page = await target.get(path);
  target.jar.store(target.domain, page.headers.getSetCookie());
  const [, csrf] = /name="_csrf"\s+value="([^"]*)"/.exec(await page.text()) ?? [];
  if (csrf === undefined) throw new NoClassicForm();

  const { username, password } = target;
  const form = { _csrf: csrf, username, password, cognitoAsfData: '' };
  const sent = { ...form, signInSubmitButton: 'Sign in' };
  const origin = new URL(target.domain).origin;
  const answer = await target.post(path, sent, {
    cookie: target.jar.cookie(target.domain),
    origin,
  });
  target.jar.store(target.domain, answer.headers.getSetCookie());
  return codeIn(answer);
}

/** The sign-in page is not that of the classic hosted UI. */
export class NoClassicForm extends Error {
  constructor() {
    super('The sign-in page has no classic form, so a browser is needed.');
    this.name = 'NoClassicForm';
  }
}
