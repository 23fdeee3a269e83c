/** What the template's middleware weighs. A site's own `onEvent`, or another middleware, adds to it. */
import { expect, test } from 'vitest';
import { formOf } from '@/tools/setup/proxy/form';
import { ownMiddleware } from '@/tools/workshop/support/weights';

test('the middleware is small, beyond one that does nothing', () => {
  const { form, own, most } = ownMiddleware();
  expect(form, 'Run `npm run build`.').toBe(formOf());
  expect(own).toBeGreaterThan(1000);
  expect(own).toBeLessThanOrEqual(most);
});
