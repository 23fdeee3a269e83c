/**
 * A string that only the local pool's code contains. A test searches the production build for it,
 * so that an identity provider with public passwords never gets deployed.
 */
export const LOCAL_POOL_MARKER = 'local-user-pool-marker-6f1c2a';
