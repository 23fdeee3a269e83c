/**
 * A string that only the local pool's code contains. A test greps the production build for it:
 * found there, an identity provider with published passwords would be on its way to the internet.
 */
export const LOCAL_POOL_MARKER = 'local-user-pool-marker-6f1c2a';
