import { expect, test } from 'vitest';
import { newInvoice } from '@/lib/invoices/utils';

test('an invoice has a number', () => {
  expect(newInvoice().number).toHaveLength(21);
});

test.skip('an invoice has a total', () => {});
