import { NextRequest } from 'next/server';
import { afterEach, expect, test, vi } from 'vitest';
import { newReference } from '@/lib/cognito/logging';
import { pageContextOf } from '@/lib/cognito/page-context';
import { ENV } from './support';

afterEach(() => vi.unstubAllEnvs());

const request = (headers: Record<string, string>) =>
  new NextRequest('https://example.com/', { headers });

test('a reference has eight unambiguous characters, and is different each time', () => {
  const many = Array.from({ length: 5000 }, newReference);
  for (const each of many) expect(each).toMatch(/^[0-9A-Z]{8}$/);
  expect(many.join()).not.toMatch(/[ILOU]/);
  expect(new Set(many.join('').split('')).size).toBe(32);
  expect(new Set(many).size).toBe(many.length);
});

test('a page reads what the middleware forwards', () => {
  const reference = newReference();
  expect(pageContextOf(request({ 'x-nonce': 'n', 'x-reference': reference }))).toEqual({
    nonce: 'n',
    reference,
    theme: undefined,
  });
});

test.each(['', 'short', 'NINECHARS', 'lowercas', 'ABCDEFG(', 'ABCD EFG', 'a stranger\u00a0speaks'])(
  'if the middleware is bypassed, %j is not a reference',
  (value) => {
    expect(pageContextOf(request({ 'x-reference': value })).reference).toBeUndefined();
  },
);

test('the theme comes from the cookie, with its name on https', async () => {
  for (const [name, value] of Object.entries(ENV)) vi.stubEnv(name, value);
  vi.resetModules();
  const { pageContextOf: look } = await import('@/lib/cognito/page-context');
  const theme = (cookie: string) => look(request({ cookie })).theme;
  expect(theme('__Host-theme=dark')).toBe('dark');
  expect(theme('theme=dark')).toBeUndefined();
  expect(theme('__Host-theme=darker')).toBeUndefined();
});
