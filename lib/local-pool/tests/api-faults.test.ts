import { describe, expect, it } from 'vitest';
import { refusal, signInToApi } from './api';
import { startPool } from './support';

const RENAME = { UserAttributes: [{ Name: 'name', Value: 'Alice Baker' }] };

describe('a fault of one operation', () => {
  it.each([
    ['LimitExceededException', 400, 'Attempt limit exceeded, please try after some time.'],
    ['TooManyRequestsException', 400, 'Rate exceeded'],
    ['ForbiddenException', 403, 'Request not allowed due to WAF block.'],
    ['InternalErrorException', 500, 'Internal server error.'],
    ['SomethingNewException', 400, ''],
  ])('responds with %s and the status %i, and changes nothing', async (exception, status, text) => {
    const pool = await startPool();
    const session = await signInToApi(pool);
    const before = await session.attributes();
    pool.fault('UpdateUserAttributes', { exception });
    const response = await session.call('UpdateUserAttributes', RENAME);
    expect(await refusal(response, status)).toBe(`${exception}: ${text}`);
    expect(await session.attributes()).toEqual(before);
    pool.fault('UpdateUserAttributes', null);
    await session.done('UpdateUserAttributes', RENAME);
  });

  it('can be limited, and have another message and status', async () => {
    const pool = await startPool();
    const session = await signInToApi(pool);
    const message = 'E-mail address is not verified.';
    pool.fault('GetUser', {
      exception: 'CodeDeliveryFailureException',
      message,
      status: 503,
      times: 1,
    });
    const response = await session.call('GetUser');
    expect(await refusal(response, 503)).toBe(`CodeDeliveryFailureException: ${message}`);
    expect((await session.call('GetUser')).status).toBe(200);
  });

  it('may be any other fault, and takes precedence over one of the whole API', async () => {
    const pool = await startPool();
    const session = await signInToApi(pool);
    pool.fault('/', { status: 503 });
    pool.fault('GetUser', { reset: true });
    await expect(session.call('GetUser')).rejects.toBeInstanceOf(TypeError);
    expect((await session.call('ListDevices')).status).toBe(503);
  });
});

it('an outage of the pool affects its API, too', async () => {
  const pool = await startPool();
  const session = await signInToApi(pool);
  pool.outage({ seconds: 60 });
  expect((await session.call('GetUser')).status).toBe(503);
  pool.outage(null);
  expect((await session.call('GetUser')).status).toBe(200);
});
