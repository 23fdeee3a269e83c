/** The size of the template's middleware. A site's own `onEvent`, or another middleware, adds to it. */
import { expect, test } from 'vitest';
import { formOf } from '@/tools/setup/proxy/form';
import { ownMiddleware } from '@/tools/workshop/support/weights';

test('the middleware adds few bytes to an empty one', () => {
  const { form, own, most } = ownMiddleware();
  expect(form, 'Run `npm run build`.').toBe(formOf());
  expect(own).toBeGreaterThan(1000);
  expect(own).toBeLessThanOrEqual(most);
});
