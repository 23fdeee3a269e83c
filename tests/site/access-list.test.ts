/** Your `lib/access.ts`, compared with the pages, routes and files of the build. Starts no server. */
import { expect, test } from 'vitest';
import { access } from '@/lib/access';
import { accessProblems } from '../support/access-report';
import { built } from '../support/built-site';

test('every entry of lib/access.ts names a page or file, and makes nothing else public', async () => {
  expect(accessProblems(access, await built())).toEqual([]);
});
