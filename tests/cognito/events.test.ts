import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { eventLine } from '@/lib/cognito/logging/events';
import { failureOf, logDenied, logEvent } from '@/lib/cognito/logging/log-event';
import { CognitoError } from '@/lib/cognito/protocol/errors';
import { onEvent } from '@/lib/on-event';

vi.mock('@/lib/on-event', async () => {
  const choices = await import('../support/choices');
  return { onEvent: vi.fn(choices.onEvent) };
});

const REFERENCE = '7Q3XK9ZT';

const lines: { level: string; line: string }[] = [];
beforeEach(() => {
  lines.length = 0;
  for (const level of ['error', 'warn', 'info'] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push({ level, line }));
  }
});
afterEach(() => vi.restoreAllMocks());

describe('by default an event is one line of JSON', () => {
  test('with its time, its level and the reference of the error page', () => {
    logEvent({ type: 'signIn.started' }, REFERENCE);
    expect(lines).toHaveLength(1);
    const { time, ...rest } = JSON.parse(lines[0]?.line ?? '');
    expect(rest).toEqual({ type: 'signIn.started', level: 'info', reference: REFERENCE });
    expect(new Date(time).toISOString()).toBe(time);
  });

  test('that does not identify the user, unlike the event for the hook', () => {
    logEvent({ type: 'signIn.finished', sub: 'somebody' }, REFERENCE);
    expect(vi.mocked(onEvent)).toHaveBeenLastCalledWith(
      expect.objectContaining({ sub: 'somebody' }),
    );
    expect(lines[0]?.line).not.toMatch(/sub|somebody/);
  });

  test('that no text can split into two', () => {
    const event = { time: '', level: 'warn', status: 403, type: 'denied' } as const;
    expect(eventLine({ ...event, why: 'a\n{"type":"signOut"}' }).split('\n')).toHaveLength(1);
  });

  test('that is only a warning for what any visitor can cause', () => {
    for (const code of ['attempt_unknown', 'callback_malformed', 'sign_in_declined'] as const) {
      logEvent({ type: 'signIn.failed', ...failureOf(new CognitoError(code)) }, REFERENCE);
    }
    logDenied(new Response(null, { status: 403 }), 'not in the group admin', REFERENCE);
    expect(lines.map(({ level }) => level)).toEqual(['warn', 'warn', 'warn', 'warn']);
    logEvent({ type: 'signIn.failed', ...failureOf(new CognitoError('unavailable')) }, REFERENCE);
    logEvent({ type: 'configuration', ok: false, wrong: ['COGNITO_REGION'] });
    expect(lines.slice(4).map(({ level }) => level)).toEqual(['error', 'error']);
  });
});

describe('a failure', () => {
  test('names the setting to check', () => {
    const settingOf = (detail: string) => failureOf(new CognitoError('client_rejected', detail));
    expect(settingOf('invalid_client').setting).toBe(
      'Check COGNITO_CLIENT_ID and COGNITO_CLIENT_SECRET.',
    );
    expect(settingOf('unauthorized_client').setting).toContain('Check COGNITO_REDIRECT_URI');
  });

  test('does not name a setting because of text that anyone can put into a callback', () => {
    for (const detail of ['invalid_client', 'constructor']) {
      expect(failureOf(new CognitoError('sign_in_refused', detail))).not.toHaveProperty('setting');
    }
  });

  test('contains no text of an unexpected error', () => {
    const failure = failureOf(new Error('with a token eyJ in its message'));
    expect(failure).toEqual({
      code: 'unexpected',
      message: 'An error from outside lib/cognito.',
    });
  });
});

describe('a hook that fails does not break the sign-in, and its error is not printed', () => {
  test.each([
    [
      'at once',
      () => {
        throw new Error('eyJ');
      },
    ],
    ['later', () => Promise.reject(new Error('eyJ'))],
  ])('%s', async (_, hook) => {
    vi.mocked(onEvent).mockImplementationOnce(hook);
    expect(() => logEvent({ type: 'signIn.started' }, REFERENCE)).not.toThrow();
    await expect.poll(() => lines).toHaveLength(1);
    expect(lines[0]?.line).toBe('onEvent in lib/on-event.ts failed');
  });
});
