import type { LocalPool } from '../src/pool';
import type { LocalPoolSettings } from '../src/settings';
import type { BrowserDouble } from './browser-double';
import {
  authorizeParams,
  CONFIDENTIAL,
  DOMAIN,
  FOREIGN,
  location,
  redeem,
  startPool,
  tokensOf,
} from './support';

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const GINA = '104729183650274918365';
export const ERIN = 'erin@corp.example.com';
export const INVALID_STATE = `${DOMAIN}/error?error=Invalid%20state`;

/** Starts a pool whose first client offers all default providers. */
export async function startFederated(given: Partial<LocalPoolSettings> = {}): Promise<LocalPool> {
  const identityProviders = ['COGNITO', 'Google', 'ExampleCorp'];
  return await startPool({ clients: [{ ...CONFIDENTIAL, identityProviders }, FOREIGN], ...given });
}

export async function tokensFrom(pool: LocalPool, callback: Response) {
  return await tokensOf(await redeem(pool, location(callback).searchParams.get('code') ?? ''));
}

export async function authorizeAt(
  browser: BrowserDouble,
  more: Record<string, string | null> = {},
) {
  return await browser.get(`/oauth2/authorize?${authorizeParams(more)}`);
}
