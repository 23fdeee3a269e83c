import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOCAL_POOL_MARKER } from '@/lib/local-pool/src/marker';
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

test('every script and style has the nonce of its page’s policy, and each response a new nonce', async () => {
  const nonces = new Set<string>();
  // A page rendered by React, twice, and one of the plain pages of lib/cognito/responses.
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

test('the build contains no text from any file of the local user pool', async () => {
  const own = ownTexts(await textsIn('lib/local-pool/src'), await siteTexts());
  expect(own.length).toBeGreaterThan(50);
  for (const built of await textsIn('.next/server', '.next/static')) {
    expect([LOCAL_POOL_MARKER, ...own].filter((text) => built.includes(text))).toEqual([]);
  }
});

test('the build contains no text from the doctor or its page, which are for development', async () => {
  const doctor = await textsIn('tools/doctor', 'app/doctor');
  const site = (await siteTexts()).filter((text) => !doctor.includes(text));
  const own = ownTexts(doctor, site);
  expect(own.length).toBeGreaterThan(10);
  for (const built of await textsIn('.next/server', '.next/static')) {
    expect(own.filter((text) => built.includes(text))).toEqual([]);
    expect(built).not.toContain('doctor.module');
  }
  expect(await readFile('.next/server/app-paths-manifest.json', 'utf8')).not.toContain('doctor');
});

/** The longest string literal of each file that neither the site nor Next.js contains. */
function ownTexts(files: readonly string[], site: readonly string[]): string[] {
  const common = `${site.join()} no-cache, no-store, max-age=0, must-revalidate`;
  return files.flatMap((text) => {
    const said = (text.match(/'[^'\n]{16,}'/g) ?? []).map((quoted) => quoted.slice(1, -1));
    const apart = said.filter((words) => !common.includes(words) && !/^[.@]/.test(words));
    return apart.toSorted((a, b) => b.length - a.length).slice(0, 1);
  });
}

/** All source texts of the site, your own files included: a text that a page has too proves nothing. */
async function siteTexts(): Promise<string[]> {
  const folders = (await readdir('lib', { withFileTypes: true })).filter(
    (entry) => entry.isDirectory() && entry.name !== 'local-pool',
  );
  return await textsIn('app', ...folders.map(({ name }) => `lib/${name}`));
}

async function textsIn(...folders: string[]): Promise<string[]> {
  const texts: string[] = [];
  for (const folder of folders) {
    for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (file.isFile()) texts.push(await readFile(join(file.parentPath, file.name), 'utf8'));
    }
  }
  return texts;
}
