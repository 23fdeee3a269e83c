import { describe, expect, test } from 'vitest';
import { cleanLine, reasonGiven, startedAt } from '@/lib/cognito/logging/log-event';

describe('a text from outside, in the log,', () => {
  test.each([
    ['PreSignUp failed with error Only members may sign up.', undefined],
    ['attributes required: [email]', undefined],
    ['one\r\n{"type":"signIn.finished"}', 'one {"type":"signIn.finished"}'],
    ['red \u001b[31m and C1 \u009b31m', 'red [31m and C1 31m'],
    ['bidi \u202e and zero\u200bwidth', 'bidi and zero width'],
    ['user alice@example.com is not allowed', 'user … is not allowed'],
    [`token eyJ${'a'.repeat(60)}.${'b'.repeat(60)} was bad`, 'token … was bad'],
    ['   ', ''],
    ['\u0000\u0085', ''],
  ])('%j is one clean line', (text, line = text) => {
    expect(cleanLine(text) ?? '').toBe(line);
  });

  test('has an end, whatever comes', () => {
    expect(cleanLine('a b '.repeat(100_000))?.length).toBeLessThanOrEqual(200);
    expect(cleanLine('x'.repeat(1_000_000))).toBe('…');
  });
});

test('a reason is given only with an error', () => {
  const said = { error_description: 'PreSignUp failed with error no.' };
  expect(reasonGiven(new URLSearchParams({ error: 'invalid_request', ...said }))).toEqual({
    reason: said.error_description,
  });
  expect(reasonGiven(new URLSearchParams(said))).toEqual({});
  expect(reasonGiven(new URLSearchParams({ error: 'x' }))).toEqual({});
});

test('the host where a sign-in started is one cleaned line', () => {
  expect(startedAt(undefined)).toEqual({});
  expect(startedAt('127.0.0.1:3000')).toEqual({ host: '127.0.0.1:3000' });
  expect(startedAt('www.example.com\r\nevil\u009b31m')).toEqual({
    host: 'www.example.com evil 31m',
  });
});
