import 'server-only';
import { headers } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import { getVisitor, requireUser } from '../current-user';
import { getSite } from '../get-site';
import { FOREIGN, logDenied, referenceOf } from '../logging';
import type { User } from '../protocol/claims';
import { isSameOrigin } from '../request-kind';
import { forbiddenJson } from '../responses';
import { unmet } from '../responses/requirements';
import { refererPath } from '../session/return-to';

/** A Server Action, for `<form action={…}>` and for `useActionState`. */
export interface SignedInAction<State> {
  (form: FormData): Promise<void>;
  (state: State, form: FormData): Promise<State>;
}

/**
 * Creates a Server Action for signed-in users. Anyone can call a Server Action, from any page and with any
 * arguments, so it checks again who calls: the request must come from a page of this site, and the
 * user must be signed in. Export the result from a file with `'use server'`.
 *
 * @param run what the action does; validate the form here. `state` is the previous state of
 *   `useActionState`. The client sends it, so don't trust it
 * @param needs a group that the user must be in, or the maximum age of the sign-in in seconds
 * @returns the action. A user who isn't signed in, or not recently enough, is redirected to sign in and
 *   returns to the form's page; a user without the group gets the 403 page; during an outage the
 *   action throws, which shows the error page
 */
export function signedInAction<State = void>(
  run: (user: User, form: FormData, state: unknown) => Promise<State>,
  needs: { readonly group?: string; readonly maxAge?: number } = {},
): SignedInAction<State> {
  async function action(form: FormData): Promise<void>;
  async function action(state: State, form: FormData): Promise<State>;
  async function action(...args: readonly unknown[]): Promise<unknown> {
    const user = await admitted(needs);
    const [state, form] = args.length > 1 ? args : [undefined, args[0]];
    // The client may send any value that React can serialize.
    return form instanceof FormData ? run(user, form, state) : await refuse('no form');
  }
  return action;
}

async function refuse(why: string): Promise<never> {
  logDenied(forbiddenJson(), why, referenceOf(await headers()));
  forbidden();
}

async function admitted(needs: { group?: string; maxAge?: number }): Promise<User> {
  const site = getSite();
  const sent = await headers();
  if (site.ok && !isSameOrigin(sent, site.config.origin)) await refuse(FOREIGN);
  const visitor = await getVisitor();
  const back = site.ok ? refererPath(sent.get('referer'), site.config.origin) : '/';
  if (visitor.state === 'signed-out') redirect(`/login?${new URLSearchParams({ returnTo: back })}`);
  const user = await requireUser();
  const signInAge = visitor.state === 'signed-in' ? visitor.signInAge : Number.POSITIVE_INFINITY;
  const missing = unmet(needs, { groups: user.groups, signInAge, access: {} });
  if (missing === 'group') forbidden();
  if (missing === 'maxAge') {
    redirect(`/login?${new URLSearchParams({ returnTo: back, max_age: String(needs.maxAge) })}`);
  }
  return user;
}
