/** The size of the template's middleware. A site's own `onEvent`, or another middleware, adds to it. */
import { expect, test } from 'vitest';
import { formOf } from '@/tools/setup/proxy/form';
import { listedParts, writtenParts } from '@/tools/workshop/budgets/modules-table';
import { ownMiddleware } from '@/tools/workshop/support/weights';

test('the middleware adds few bytes to an empty one', () => {
  const { form, own, most } = ownMiddleware();
  expect(form, 'Run `npm run build`.').toBe(formOf());
  expect(own).toBeGreaterThan(1000);
  expect(own).toBeLessThanOrEqual(most);
});

test('the parts of the middleware have the sizes that docs/performance.md says', () => {
  // Only Edge middleware is one bundle with one source map.
  if (formOf() === 'proxy') return;
  const listed = listedParts();
  const written = writtenParts();
  const instead = 'Run `npm run --prefix tools/workshop budgets -- --modules --write`.';
  expect(written.map(({ name }) => name).sort(), instead).toEqual(
    listed.map(({ name }) => name).sort(),
  );
  for (const { name, bytes } of written) {
    const now = listed.find((part) => part.name === name)?.bytes ?? 0;
    expect(Math.abs(now - bytes), `${name}: ${now}. ${instead}`).toBeLessThan(100 + bytes / 4);
  }
});
