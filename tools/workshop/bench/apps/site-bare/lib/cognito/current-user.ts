/**
 * This site without its sign-in: every visitor with a session cookie is the same user, and nothing is verified.
 * So its pages cost what they would cost without sign-in.
 */
import { cookies } from 'next/headers';
import { unauthorized } from 'next/navigation';
import type { Caller, getPageContext as OwnPageContext, Visitor } from '@/lib/cognito/current-user';
import { type IdTokenClaims, toUser, type User } from '@/lib/cognito/protocol/claims';

export type { Caller, TokenLifetime, Visitor } from '@/lib/cognito/current-user';

const visitor = readVisitor(process.env.BENCH_CLAIMS ?? '{}');

export async function getVisitor(): Promise<Visitor> {
  const names = (await cookies()).getAll().map(({ name }) => name);
  return names.some((name) => name.startsWith('session')) ? visitor : { state: 'signed-out' };
}

export async function getUser(): Promise<User | null> {
  const found = await getVisitor();
  return found.state === 'signed-in' ? found.user : null;
}

export async function requireUser(): Promise<User> {
  return (await getUser()) ?? unauthorized();
}

export const requireGroup = requireUser;
export const requireRecentSignIn = requireUser;

export async function getAccessToken(): Promise<null> {
  return null;
}

export async function authenticate(): Promise<Caller> {
  return { ok: true, claims: (await requireUser()).claims };
}

/** Without a nonce: no middleware has set one, so no policy asks for it. */
export async function getPageContext(): ReturnType<typeof OwnPageContext> {
  return { nonce: '', theme: undefined, reference: undefined, isStatic: false };
}

/** @param text the claims of an ID token, as JSON */
function readVisitor(text: string): Visitor {
  const claims: IdTokenClaims = JSON.parse(text);
  const lifetime = { issuedAt: claims.iat, expiresAt: claims.exp };
  return {
    state: 'signed-in',
    user: toUser(claims),
    lifetimes: { id: lifetime, access: lifetime, refresh: lifetime },
    signInAge: 10,
    refreshedAt: undefined,
    endsAt: claims.exp,
    endsBy: 'lifetime',
    endsSoonFrom: claims.exp,
  };
}
