import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCAL_POOL_MARKER } from '@/lib/local-pool/marker';
import { type RunningSite, startSite } from '../support/site';
import { createVisitor, DOCUMENT, FETCH, type Visitor } from '../support/visitor';

let site: RunningSite;
let anonymous: Visitor;
let bob: Visitor;
beforeAll(async () => {
  site = await startSite();
  anonymous = createVisitor(site.origin);
  bob = createVisitor(site.origin);
  await bob.signIn('bob');
});
afterAll(() => site.close());

describe('every answer', () => {
  const ANSWERS: [number, () => Promise<{ status: number; headers: Headers }>][] = [
    [200, () => anonymous.open('/')],
    [200, () => bob.open('/profile')],
    [200, () => bob.open('/api/me', FETCH)],
    [200, () => bob.open('/logout')],
    [200, () => anonymous.open('/profile', { ...FETCH, 'next-url': '/' })],
    [303, () => bob.post('/refresh')],
    [307, () => anonymous.open('/profile')],
    [307, () => anonymous.open('/login')],
    [400, () => anonymous.open('/login?code=c&state=s')],
    [401, () => anonymous.open('/api/me')],
    [403, () => bob.open('/admin')],
    [403, () => bob.post('/logout', {}, { origin: 'https://evil.example' })],
    [404, () => bob.open('/nothing')],
    [405, () => bob.post('/api/me')],
  ];

  test.each(ANSWERS)(
    'of status %i carries the security headers and is never stored',
    async (status, ask) => {
      const { headers, status: actual } = await ask();
      expect(actual).toBe(status);
      expect(headers.get('cache-control')).toMatch(/^private,.* no-store/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.get('x-powered-by')).toBeNull();
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/script-src 'self' 'nonce-[\w-]{22}' 'strict-dynamic'(;|$)/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain(`form-action 'self' ${site.environment.COGNITO_DOMAIN}`);
      expect(policy).not.toContain('unsafe');
    },
  );
});

test('every script and style of a page has the nonce of its own policy, made anew each time', async () => {
  const nonces = new Set<string>();
  for (let round = 0; round < 2; round++) {
    const { body, headers } = await bob.open('/profile', { ...DOCUMENT, 'x-nonce': 'forged' });
    const nonce = /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? '';
    nonces.add(nonce);
    const tags = body.match(/<(script|style)\b[^>]*>/g) ?? [];
    expect(tags.length).toBeGreaterThan(0);
    for (const tag of tags) expect(tag).toContain(`nonce="${nonce}"`);
    expect(body).not.toContain('forged');
  }
  expect(nonces.size).toBe(2);
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
