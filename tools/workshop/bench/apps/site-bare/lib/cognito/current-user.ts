/**
 * This site without its sign-in: every visitor with a session cookie is the same user, and nothing is verified.
 * So its pages cost what they would cost without sign-in.
 */
import { cookies, headers } from 'next/headers';
import { unauthorized } from 'next/navigation';
import { type PageContext, pageContextOf } from '@/lib/cognito/page-context';
import { type IdTokenClaims, toUser, type User } from '@/lib/cognito/protocol/claims';
import type { SessionEnd } from '@/lib/cognito/session/session-end';
import { isStaticRender } from '@/lib/cognito/static-pages/static-render';

export interface TokenLifetime {
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export type Visitor =
  | ({
      readonly state: 'signed-in';
      readonly user: User;
      readonly lifetimes: { id: TokenLifetime; access: TokenLifetime; refresh: TokenLifetime };
      readonly signInAge: number;
      readonly refreshedAt: number | undefined;
    } & SessionEnd)
  | { readonly state: 'signed-out' }
  | { readonly state: 'unavailable' };

export type Caller =
  | { readonly ok: true; readonly claims: IdTokenClaims }
  | { readonly ok: false; readonly response: Response };

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

export async function getAccessToken(): Promise<string | null> {
  return null;
}

export async function authenticate(): Promise<Caller> {
  return { ok: true, claims: (await requireUser()).claims };
}

export async function getPageContext(): Promise<PageContext & { isStatic: boolean }> {
  const source = { headers: await headers(), cookies: await cookies() };
  return { ...pageContextOf(source), isStatic: await isStaticRender() };
}

/** @param text the claims of an ID token, as JSON */
function readVisitor(text: string): Visitor {
  const claims: IdTokenClaims = JSON.parse(text);
  const life = { issuedAt: claims.iat, expiresAt: claims.exp };
  return {
    state: 'signed-in',
    user: toUser(claims),
    lifetimes: { id: life, access: life, refresh: life },
    signInAge: 10,
    refreshedAt: undefined,
    endsAt: claims.exp,
    endsBy: 'lifetime',
    endsSoonFrom: claims.exp,
  };
}
