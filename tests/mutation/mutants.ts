import type { Theme } from './mutant';
import { answers } from './mutants/answers';
import { callback } from './mutants/callback';
import { config } from './mutants/config';
import { cookies } from './mutants/cookies';
import { csrf } from './mutants/csrf';
import { gate } from './mutants/gate';
import { guard } from './mutants/guard';
import { keys } from './mutants/keys';
import { refresh } from './mutants/refresh';
import { returnTo } from './mutants/return-to';
import { signIn } from './mutants/sign-in';
import { signOut } from './mutants/sign-out';
import { verification } from './mutants/verification';
import { wire } from './mutants/wire';

/** All mutants, under the headings of the table. */
export const THEMES: readonly Theme[] = [
  { title: 'Verification', mutants: verification },
  { title: 'Keys', mutants: keys },
  { title: 'Starting a sign-in', mutants: signIn },
  { title: 'The callback', mutants: callback },
  { title: 'Where to go afterwards', mutants: returnTo },
  { title: 'The gate', mutants: gate },
  { title: 'The middleware, and the locks behind it', mutants: guard },
  { title: 'Forms of other sites', mutants: csrf },
  { title: 'Cookies and sessions', mutants: cookies },
  { title: 'Refresh', mutants: refresh },
  { title: 'Sign-out', mutants: signOut },
  { title: 'The wire to the user pool', mutants: wire },
  { title: 'Headers, pages and the log', mutants: answers },
  { title: 'Configuration', mutants: config },
];
