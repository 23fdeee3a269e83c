import { nanoid } from 'nanoid';

export const newInvoice = () => ({
  number: nanoid(),
  currency: process.env.INVOICE_CURRENCY ?? 'EUR',
});
