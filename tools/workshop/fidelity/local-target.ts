import { appClient } from '@/lib/local-pool/src/app-client';
import { createPoolKeys, type PoolKeys } from '@/lib/local-pool/src/keys';
import { createLocalPool } from '@/lib/local-pool/src/pool';
import type { AppClient, LocalPoolSettings } from '@/lib/local-pool/src/settings';
import { testUsers } from '@/lib/local-pool/src/testing/test-seeds';
import type { Behavior, Trait } from './behavior';
import { openTarget, type Target } from './target';

/** The local pool's clock in epoch seconds. It stands still until a behavior advances it. */
export const START = 1_790_000_000;

let keys: Promise<PoolKeys> | undefined;

/**
 * Creates a local pool for one behavior, with the traits that it needs. It opens no port.
 *
 * @param row the behavior
 * @param client the kind of app client
 * @param more settings of the pool that cannot be changed later
 */
export async function localTarget(
  row: Pick<Behavior, 'traits'>,
  client: 'confidential' | 'public',
  more: Partial<LocalPoolSettings> = {},
): Promise<Target> {
  const wanted = new Set<Trait>(row.traits);
  const domain = 'http://127.0.0.1:4801';
  const urls = { redirectUri: 'http://localhost:3000/login', logoutUri: 'http://localhost:3000/' };
  const used: AppClient = appClient({
    clientId: '6p9lfidelity0123456789abcd',
    ...(client === 'confidential' ? { clientSecret: 'a secret+with:odd%characters' } : {}),
    redirectUris: [urls.redirectUri],
    logoutUris: [urls.logoutUri],
    ...(wanted.has('rotation') ? { rotation: { graceSeconds: 60 } } : {}),
  });
  const other = appClient({
    ...used,
    clientId: '2another0client0123456789a',
    clientSecret: 'another secret',
  });
  keys ??= createPoolKeys();
  const settings: Partial<LocalPoolSettings> = {
    domain,
    clients: [used, other],
    users: testUsers(),
    now: () => START,
    keys: await keys,
    hostedUi: wanted.has('classic') ? 'classic' : 'managed',
    ...more,
  };
  const pool = await createLocalPool(settings);
  return openTarget({
    domain,
    issuer: pool.settings.issuer,
    clientId: used.clientId,
    clientSecret: used.clientSecret,
    ...urls,
    scopes: used.scopes,
    username: 'alice',
    password: 'Alice-password-1',
    traits: wanted,
    control: pool,
    fetch: (request) => pool.fetch(request),
  });
}
