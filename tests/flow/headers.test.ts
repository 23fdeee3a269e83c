import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOCAL_POOL_MARKER } from '@/lib/local-pool/marker';
import { type RunningSite, startSite } from '../support/site';
import { createVisitor, DOCUMENT, type Visitor } from '../support/visitor';

let site: RunningSite;
let bob: Visitor;
beforeAll(async () => {
  site = await startSite();
  bob = createVisitor(site.origin);
  await bob.signIn('bob');
});
afterAll(() => site.close());

test('every script and style of a page has the nonce of its own policy, made anew each time', async () => {
  const nonces = new Set<string>();
  // A page of React's, twice, and one of ours.
  for (const path of ['/profile', '/profile', '/logout']) {
    const { body, headers } = await bob.open(path, { ...DOCUMENT, 'x-nonce': 'forged' });
    const nonce = /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? '';
    nonces.add(nonce);
    const tags = body.match(/<(script|style)\b[^>]*>/g) ?? [];
    expect(tags.length).toBeGreaterThan(0);
    for (const tag of tags) expect(tag).toContain(`nonce="${nonce}"`);
    expect(body).not.toContain('forged');
  }
  expect(nonces.size).toBe(3);
});

test('the build holds nothing of the local user pool', async () => {
  for (const folder of ['.next/server', '.next/static']) {
    for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const text = await readFile(join(file.parentPath, file.name), 'utf8');
      expect(text.includes(LOCAL_POOL_MARKER), file.name).toBe(false);
    }
  }
});
