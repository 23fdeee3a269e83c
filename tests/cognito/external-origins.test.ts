import { afterEach, expect, test, vi } from 'vitest';

const FILE = '@/lib/external-origins';

afterEach(() => vi.doUnmock(FILE));

/** What `next dev` and `next build` do with an entry of the list. */
async function load(origin: string): Promise<unknown> {
  vi.resetModules();
  vi.doMock(FILE, () => ({ externalOrigins: { 'img-src': [origin], 'connect-src': [] } }));
  return (await import('@/next.config.js')).default;
}

test.each([
  'https://images.example.com',
  'https://*.example.com',
  'https://example.com:8443',
  'wss://live.example.com',
  'http://localhost:4000',
  'http://127.0.0.1:4000',
])('%s is an origin that pages may load from', async (origin) => {
  await expect(load(origin)).resolves.toBeTypeOf('function');
});

test.each([
  'images.example.com',
  'https://example.com/images',
  'https://example.com; script-src *',
  "https://example.com 'unsafe-inline'",
  'http://example.com',
  'https:',
  'https://*',
  '*',
  'data:',
  "'unsafe-eval'",
  '',
])('%j is refused by name, in development and in a build', async (origin) => {
  await expect(load(origin)).rejects.toThrow(
    `lib/external-origins.js: '${origin}' is not an origin`,
  );
});
