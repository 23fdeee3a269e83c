import type { Skipped } from '../support/host-tests';

/** Tests of the site that say nothing about OpenNext. */
export const SKIPPED: readonly Skipped[] = [
  {
    test: 'hangs does not end sessions, and only the first request waits for it',
    why: 'a Lambda function ends with its response, so OpenNext waits for calls that outlast it',
  },
  {
    test: 'the front page and the public files are public, and files refuse POST',
    why: 'public files come from S3, without the headers of the site',
  },
  {
    test: 'for a file of the build has a policy that allows nothing',
    why: 'the same',
  },
  {
    test: 'the tour gets responses of every status, with a session and without, and no 500',
    why: 'a missing file of the build is a 403 of S3, not a 404',
  },
  {
    test: 'a group page and everything below it is a 403 in plain HTML for other users',
    why: 'its last address, /forbidden, is a 200 when it is opened directly; opennext.test.ts tests the others',
  },
  {
    test: 'contains one line for an unknown group',
    why: 'the same',
  },
  {
    test: 'is protected from the window that opened it, except a redirect',
    why: "OpenNext adds the middleware's headers to the redirects of route handlers; opennext.test.ts tests the middleware's own",
  },
  {
    test: 'a data request of the Pages Router gets a 401',
    why: 'the site has no Pages Router; here its addresses are a 404',
  },
  {
    test: 'a request line with an absolute URL gets the page at its path',
    why: 'CloudFront reads request lines',
  },
  {
    test: 'many parallel requests with one expired session make one refresh call',
    why: 'rotation without a grace period needs one instance; opennext.test.ts tests several with it',
    from: 2,
  },
  {
    test: 'a sign-in ends on the requested page, and the code works once',
    why: 'an instance only knows its own codes, and the user pool refuses the others: tests/in-process/callback-twice.test.ts',
    from: 2,
  },
];
