import type { NextRequest } from 'next/server';
import type { AccountForm, Outcome } from '@/lib/account/form';
import { changed } from '@/lib/account/form';
import { FORMS } from '@/lib/account/forms';
import { getSite, isSameOrigin, type OpenAccount, openAccount, readForm } from '@/lib/cognito';
import { redirectWithFlash, withFlash } from '@/lib/flash';
import { forgetForm, keepForm, ownerTag } from '@/lib/kept-form';

/** How long Cognito accepts a code, in seconds: a day. */
const CODE_LIFETIME = 86_400;

/**
 * Saves the forms of the account pages. `lib/access.ts` lists this path as public, so that a form whose user was
 * signed out in the meantime gets here, and its text survives the sign-in. It checks the user itself.
 */
export async function POST(request: NextRequest): Promise<Response> {
  const site = getSite();
  if (!site.ok || !isSameOrigin(request.headers, site.config.origin)) return refused(403);
  const form = await readForm(request);
  if (!form) return refused(413);
  const name = form.get('form') ?? '';
  const wanted = FORMS.get(name);
  if (!wanted) return refused(404);

  const { path, maxAge } = wanted;
  const see = (to: string) => Response.redirect(`${site.config.origin}${to}`, 303);
  const account = await openAccount(request, maxAge);
  if (!account.ok) {
    await keep(wanted, form, {});
    // During an outage, the page says so, and shows the form once the outage has ended.
    if (account.why === 'unavailable') return see(path);
    const limit = account.why === 'sign-in-too-old' ? `&max_age=${maxAge}` : '';
    return see(`/login?returnTo=${path}${limit}`);
  }
  // The form of a tab in which somebody else was signed in must not change this account.
  const owner = form.get('owner');
  if (owner !== null && owner !== ownerTag(account.user.sub)) {
    return redirectWithFlash(path, 'anotherUser');
  }
  const outcome = await wanted.run(account, form);
  if (outcome.state === 'signed-out') {
    await keep(wanted, form, {});
    return see(`/login?returnTo=${path}`);
  }
  if (outcome.state === 'invalid') {
    await keep(wanted, form, outcome.errors, ownerTag(account.user.sub));
    return see(path);
  }
  if (outcome.state === 'code-sent') {
    const kept = { path, owner: ownerTag(account.user.sub), values: outcome.keep, errors: {} };
    await keepForm(kept, CODE_LIFETIME);
    // In a user pool that changes the address at once, the claims have changed.
    return account.renew(see(path));
  }
  await forgetForm(path);
  return finish(account, outcome);
}

async function finish(
  account: OpenAccount,
  outcome: Extract<Outcome, { state: 'done' | 'gone' }>,
): Promise<Response> {
  if (outcome.state === 'gone') {
    await changed(account.user, 'deleted');
    return withFlash(await account.leave(), '/', 'accountDeleted');
  }
  if (outcome.change) await changed(account.user, outcome.change);
  const response = redirectWithFlash(outcome.to, outcome.flash);
  return outcome.renew ? account.renew(response) : response;
}

/** Keeps what may be kept for the form's page, which shows it again. */
async function keep(
  wanted: AccountForm,
  form: URLSearchParams,
  errors: Readonly<Record<string, string>>,
  owner = form.get('owner') ?? '',
): Promise<void> {
  const values = Object.fromEntries(wanted.keep.map((field) => [field, form.get(field) ?? '']));
  const lifetime = values.pending ? CODE_LIFETIME : undefined;
  const kept = { path: wanted.path, owner, values, errors };
  // What doesn't fit into a cookie is still in the browser's draft. The errors always fit.
  if (!(await keepForm(kept, lifetime))) await keepForm({ ...kept, values: {} }, lifetime);
}

function refused(status: 403 | 404 | 413): Response {
  const says = { 403: 'Forbidden', 404: 'Not found', 413: 'Too large' }[status];
  return new Response(says, { status, headers: { 'Cache-Control': 'private, no-store' } });
}
