/**
 * This site without its sign-in: every visitor with a session cookie is the same user, and nothing is verified.
 * So its pages cost what they would cost without sign-in.
 */
import { cookies } from 'next/headers';
import { unauthorized } from 'next/navigation';
import { type IdTokenClaims, toUser, type User } from '@/lib/cognito/protocol/claims';

export interface TokenLife {
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export type Visitor =
  | {
      readonly state: 'signed-in';
      readonly user: User;
      readonly lives: { id: TokenLife; access: TokenLife; refresh: TokenLife };
      readonly signInAge: number;
      readonly refreshedAt: number | undefined;
      readonly endsAt: number;
      readonly endsBy: 'lifetime' | 'idle';
      readonly endsSoonFrom: number;
    }
  | { readonly state: 'signed-out' }
  | { readonly state: 'unknown' };

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

export async function getLiveSession(): Promise<null> {
  return null;
}

export async function authenticate(): Promise<{ ok: true; claims: IdTokenClaims }> {
  return { ok: true, claims: (await requireUser()).claims };
}

/** @param text the claims of an ID token, as JSON */
function readVisitor(text: string): Visitor {
  const claims: IdTokenClaims = JSON.parse(text);
  const life = { issuedAt: claims.iat, expiresAt: claims.exp };
  return {
    state: 'signed-in',
    user: toUser(claims),
    lives: { id: life, access: life, refresh: life },
    signInAge: 10,
    refreshedAt: undefined,
    endsAt: claims.exp,
    endsBy: 'lifetime',
    endsSoonFrom: claims.exp,
  };
}
