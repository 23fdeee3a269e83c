/** Each route that accepts a form checks its origin itself, in case the middleware is bypassed. */
import { NextRequest } from 'next/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { acceptFormPost } from '@/lib/cognito/form-post';
import { ENV } from './support';

// Read at the first request.
Object.assign(process.env, ENV);
beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue());
afterEach(() => void vi.restoreAllMocks());

function post(path: string, headers: Record<string, string>) {
  return acceptFormPost(new NextRequest(`https://example.com${path}`, { method: 'POST', headers }));
}

describe.each(['/refresh', '/logout', '/theme'])('a form to %s', (path) => {
  test('from a page of this site is accepted', async () => {
    const own = { origin: 'https://example.com', 'sec-fetch-site': 'same-origin' };
    expect((await post(path, own)).ok).toBe(true);
  });

  test.each([
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example', host: 'evil.example' },
    { origin: 'null' },
    {},
  ])('from elsewhere, %j, is refused', async (headers) => {
    const form = await post(path, headers);
    expect(form.ok ? 200 : form.response.status).toBe(403);
  });
});
