import { type Changes, codeIn, type Target } from './target';

/** Fills in the hosted UI's pages, keeps its cookies in the target's jar, and returns the code. */
export type PageSignIn = (target: Target, changes: Changes) => Promise<string>;

/**
 * Signs in by the classic hosted UI's form, without a browser (facts, section 3).
 *
 * @param target where; its jar has the session afterwards
 * @param changes of the authorization request
 * @throws Error when the page has no such form (managed login's is made by a script), or refuses
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

/** The page is not the classic hosted UI's. */
export class NoClassicForm extends Error {
  constructor() {
    super('The sign-in page has no classic form: it needs a browser.');
    this.name = 'NoClassicForm';
  }
}
