import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CognitoError } from '@/lib/cognito/protocol/errors';
import { type Callback, isCallback, readCallback } from '@/lib/cognito/protocol/sign-in';
import { ISSUER } from '../../../tests/cognito/support';
import { budget } from './budget';

const names = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('code', 'state', 'error', 'iss', 'error_description') },
  { weight: 1, arbitrary: fc.constantFrom('Code', 'code[]', 'state ', 'co\u0000de', '__proto__') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
);
const values = fc.oneof(
  fc.constantFrom('', 'c', 'the-code', ISSUER, 'https://evil.example', 'access_denied'),
  fc.constantFrom('server_error', 'Server_Error', 'a_word\n', '<script>', 'a'.repeat(41), '%0a'),
  fc.constantFrom(2047, 2048, 2049, 8000, 8001).map((length) => 'x'.repeat(length)),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const queries = fc.oneof(
  fc.array(fc.tuple(names, values), { maxLength: 6 }).map((pairs) => new URLSearchParams(pairs)),
  fc.string({ unit: 'binary', maxLength: 200 }).map((text) => new URLSearchParams(text)),
);

function read(query: URLSearchParams): Callback | CognitoError {
  try {
    return readCallback(query, ISSUER);
  } catch (error) {
    if (error instanceof CognitoError) return error;
    throw error;
  }
}

describe('whatever the query of a callback contains', () => {
  test('it has exactly one code and one state of a reasonable length, or is refused', () => {
    fc.assert(
      fc.property(queries, (query) => {
        const callback = read(query);
        if (callback instanceof CognitoError) return;
        expect(isCallback(query)).toBe(true);
        expect(query.getAll('code')).toEqual([callback.code]);
        expect(query.getAll('state')).toEqual([callback.state]);
        expect(query.has('error')).toBe(false);
        expect(query.get('iss') ?? ISSUER).toBe(ISSUER);
        for (const [value, most] of [
          [callback.code, 2048],
          [callback.state, 8000],
        ] as const) {
          expect(value.length).toBeGreaterThan(0);
          expect(value.length).toBeLessThanOrEqual(most);
        }
      }),
      budget(600),
    );
  });

  test('one code and one state are read unchanged', () => {
    const value = fc.string({ unit: 'binary', minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(value, value, (code, state) => {
        const query = new URLSearchParams({ code, state });
        expect(read(query)).toEqual({ code: query.get('code'), state: query.get('state') });
      }),
      budget(300),
    );
  });

  test('the log gets at most one plain word of it', () => {
    fc.assert(
      fc.property(queries, (query) => {
        const error = read(query);
        if (!(error instanceof CognitoError)) return;
        const { code, detail = '', message, cause } = error;
        expect(code).toMatch(/^(callback_malformed|sign_in_refused|sign_in_declined)$/);
        expect(detail).toMatch(/^[a-z_]{1,40}$/);
        expect(message).toBe(`${new CognitoError(code).message} (${detail})`);
        expect(cause).toBeUndefined();
      }),
      budget(600),
    );
  });
});
