import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';
import type { User } from '@/lib/cognito';
import { externalOrigins } from '@/lib/external-origins';
import { Avatar } from './user-menu';

beforeAll(() => {
  const allowed = ['https://*.googleusercontent.com', 'https://images.example.com'];
  Object.assign(externalOrigins, { 'img-src': allowed });
});

function avatarOf(name: string, picture?: unknown): string {
  const claims = { iss: '', sub: 's', aud: '', exp: 1, iat: 0, token_use: 'id' as const, picture };
  const user: User = {
    sub: 's',
    username: 'alice',
    email: undefined,
    emailVerified: false,
    name,
    groups: [],
    claims,
  };
  return renderToStaticMarkup(<Avatar user={user} />);
}

test.each(['https://lh3.googleusercontent.com/a/x=s96', 'https://images.example.com/alice.png'])(
  'shows the picture %s, whose origin is listed, over the initials',
  (picture) => {
    const html = avatarOf('Alice van Archer', picture);
    expect(html).toContain('>AA<');
    expect(html).toContain(`src="${picture}"`);
    expect(html).toContain('referrerPolicy="no-referrer"');
  },
);

test.each([
  'https://elsewhere.example/a.png',
  'https://googleusercontent.com.elsewhere.example/a.png',
  'http://lh3.googleusercontent.com/a.png',
  'https://images.example.com:8443/a.png',
  'javascript:alert(1)',
  '{"data":{"url":"https://images.example.com/a.png"}}',
  '',
  7,
  undefined,
])('shows only initials for %j, which the page may not load', (picture) => {
  expect(avatarOf('Bob', picture)).toMatch(/>B<\/span>$/);
});
