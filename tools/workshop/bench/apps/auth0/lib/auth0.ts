import { Auth0Client } from '@auth0/nextjs-auth0/server';

/** Reads its settings from the environment. */
export const auth0 = new Auth0Client();
