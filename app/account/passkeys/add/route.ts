import type { NextRequest } from 'next/server';
import { RECENT } from '@/lib/account/form';
import { withPasskeyMark } from '@/lib/account/passkey-return';
import { isFederated } from '@/lib/account/provider';
import { countPasskeys } from '@/lib/account/read';
import { getSite, openAccount } from '@/lib/cognito';
import { ownerTag } from '@/lib/kept-form';

const PAGE = '/account/passkeys';

/**
 * Redirects to the hosted UI's page that adds a passkey. It can't be added on this site: a passkey belongs to the domain
 * of the user pool. That page asks for no proof, so the sign-in here must be recent.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/managed-login-endpoints.html
 */
export async function GET(request: NextRequest): Promise<Response> {
  const site = getSite();
  if (!site.ok) return Response.json({ error: 'not configured' }, { status: 500 });
  const { origin, domain, clientId, redirectUri } = site.config;
  const again = request.nextUrl.searchParams.has('again');
  const account = await openAccount(request, RECENT);
  if (!account.ok) {
    // During an outage, the page says so.
    if (account.why === 'unavailable') return see(`${origin}${PAGE}`);
    const query = { returnTo: `${PAGE}/add`, max_age: String(RECENT) };
    return see(`${origin}/login?${new URLSearchParams(query)}`);
  }
  if (isFederated(account.user)) return see(`${origin}${PAGE}`);
  const owner = ownerTag(account.user.sub);
  const before = await countPasskeys(account);
  const query = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri });
  return withPasskeyMark(see(`${domain}/passkeys/add?${query}`), { owner, before, again });
}

/** Without this, Next would run GET, which calls the user pool. */
export function HEAD(): Response {
  return new Response(null, { status: 204 });
}

/** Unlike that of `Response.redirect`, its headers can be changed. */
function see(location: string): Response {
  return new Response(null, {
    status: 303,
    headers: { Location: location, 'Cache-Control': 'private, no-store' },
  });
}
