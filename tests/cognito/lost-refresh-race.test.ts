import { expect, test } from 'vitest';
import {
  againPath,
  headStart,
  isSameSession,
  readAgain,
} from '@/lib/cognito/session/lost-refresh-race';
import { mintSession, REFRESH_TOKEN } from './support';

test('the path of the redirect reveals nothing about the tokens', async () => {
  const session = await mintSession();
  const path = await againPath('/profile', session);
  const [, name = ''] = /^\/profile\?session-again=([\w-]{16})$/.exec(path) ?? [];
  expect(name).not.toBe('');
  for (const secret of [REFRESH_TOKEN, session.accessToken, session.idToken]) {
    expect(secret).not.toContain(name.slice(0, 8));
    expect(atob(name.replaceAll('-', '+').replaceAll('_', '/'))).not.toContain(secret.slice(0, 8));
  }
});

test('the path of the redirect leads back to the same page, and names only that session', async () => {
  const refused = await mintSession();
  const again = readAgain(new URL(await againPath('/p?a=1', refused), 'https://x.example').search);
  expect(again?.search).toBe('?a=1');
  expect(await isSameSession(refused, again?.name ?? '')).toBe(true);
  const newer = { ...refused, accessToken: 'newer' };
  const other = { ...refused, refreshToken: 'other' };
  for (const session of [newer, other, null]) {
    expect(await isSameSession(session, again?.name ?? '')).toBe(false);
  }
  expect(await isSameSession(refused, '')).toBe(false);
});

test.each(['', '?x=1', '?session-again=a&x=1', '?xsession-again=a', '?session-again=<b>'])(
  '%j does not name a session',
  (search) => {
    expect(readAgain(search)).toBeUndefined();
  },
);

test('the other response gets two seconds to arrive, unless refresh tokens do not rotate', () => {
  expect([headStart(undefined), headStart(true), headStart(false)]).toEqual([2000, 2000, 0]);
});
