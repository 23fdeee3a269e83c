import { length, matching, present, range } from '../constraints';
import { refused } from '../exceptions';
import type { Outcome } from '../operation';
import { selfService } from '../self-service';

const DEVICE_KEY = '[\\w-]+_[0-9a-f-]+';

/**
 * ListDevices of the JSON API. Sign-ins on the pages of the hosted UI remember no devices, so the
 * list is always empty.
 */
export const listDevices = selfService({
  members: { Limit: 'integer', PaginationToken: 'string' },
  check: ({ Limit }) => [range('limit', Limit, 60)],
  run: () => ({ kind: 'done', answer: { Devices: [] } }),
});

/** ForgetDevice of the JSON API, for which no device exists. */
export const forgetDevice = selfService({
  members: { DeviceKey: 'string' },
  check: ({ DeviceKey }) => deviceKeyViolations(DeviceKey),
  run: noDevice,
});

/** UpdateDeviceStatus of the JSON API, for which no device exists. */
export const updateDeviceStatus = selfService({
  members: { DeviceKey: 'string', DeviceRememberedStatus: 'string' },
  check: ({ DeviceKey }) => deviceKeyViolations(DeviceKey),
  run: noDevice,
});

function deviceKeyViolations(key: string | undefined) {
  return [
    present('deviceKey', key),
    matching('deviceKey', key, DEVICE_KEY),
    length('deviceKey', key, 1, 55),
  ];
}

function noDevice(): Outcome {
  return refused('ResourceNotFoundException', 'Device does not exist.');
}
