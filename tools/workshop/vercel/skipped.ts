import type { Skipped } from '../support/host-tests';

/** Tests of the site that say nothing about Vercel. */
export const SKIPPED: readonly Skipped[] = [
  {
    test: 'it reports all problems at startup',
    why: 'a function starts with its first request, and reports then',
  },
  {
    test: 'its log contains a configuration event at startup',
    why: 'the same',
  },
  {
    test: 'is protected from the window that opened it, except a redirect',
    why: "the platform adds the middleware's headers to the redirects of route handlers; vercel.test.ts tests the middleware's own",
  },
  {
    test: 'a data request of the Pages Router gets a 401',
    why: 'the site has no Pages Router; here its addresses are those of the pages',
  },
  {
    test: 'a request line with an absolute URL gets the page at its path',
    why: 'the platform reads request lines',
  },
  {
    test: 'many parallel requests with one expired session make one refresh call',
    why: 'rotation without a grace period needs one instance; vercel.test.ts tests several with it',
    from: 2,
  },
  {
    test: 'a sign-in ends on the requested page, and the code works once',
    why: 'an instance only knows its own codes, and the user pool refuses the others: tests/in-process/callback-twice.test.ts',
    from: 2,
  },
  {
    test: 'hangs does not end sessions, and only the first request waits for it',
    why: 'each instance waits once until it knows',
    from: 2,
  },
];
