import type { Theme } from './mutant';
import { account } from './mutants/account';
import { answers } from './mutants/answers';
import { callback } from './mutants/callback';
import { config } from './mutants/config';
import { cookies } from './mutants/cookies';
import { csrf } from './mutants/csrf';
import { development } from './mutants/development';
import { gate } from './mutants/gate';
import { guard } from './mutants/guard';
import { headers } from './mutants/headers';
import { keys } from './mutants/keys';
import { locks } from './mutants/locks';
import { handOver, memory } from './mutants/memory';
import { outage } from './mutants/outage';
import { packing } from './mutants/packing';
import { refresh } from './mutants/refresh';
import { relay } from './mutants/relay';
import { requests } from './mutants/requests';
import { returnTo } from './mutants/return-to';
import { signIn } from './mutants/sign-in';
import { signOut } from './mutants/sign-out';
import { state } from './mutants/state';
import { staticPages } from './mutants/static-pages';
import { verification } from './mutants/verification';
import { wire } from './mutants/wire';

/** All mutants, by the headings of the table. */
export const THEMES: readonly Theme[] = [
  { title: 'Verification', mutants: verification },
  { title: 'Keys', mutants: keys },
  { title: 'Starting a sign-in', mutants: signIn },
  { title: 'The callback', mutants: callback },
  { title: 'Return-to paths', mutants: returnTo },
  { title: 'Access rules and refusals', mutants: gate },
  { title: 'The middleware', mutants: guard },
  { title: 'Static pages and public files', mutants: staticPages },
  { title: 'Odd requests and large bodies', mutants: requests },
  { title: 'Checks in pages and route handlers', mutants: locks },
  { title: 'Cross-site requests', mutants: csrf },
  { title: 'Cookies and sessions', mutants: [...cookies, ...packing] },
  { title: 'Session cache', mutants: memory },
  { title: 'Opened session, from the middleware to the page', mutants: handOver },
  { title: 'Preview relay', mutants: relay },
  { title: 'Refresh policy', mutants: [...refresh, ...state] },
  { title: 'Sign-out', mutants: signOut },
  { title: 'Requests to the user pool', mutants: wire },
  { title: "The user's own account", mutants: account },
  { title: 'Outages', mutants: outage },
  { title: 'Security headers', mutants: headers },
  { title: 'Error pages, responses and the log', mutants: answers },
  { title: 'Configuration', mutants: config },
  { title: 'Development', mutants: development },
];
