import { authenticate } from '@/lib/cognito';
import { newInvoice } from '@/lib/invoices/utils';

export async function GET(request: Request): Promise<Response> {
  const caller = await authenticate(request);
  if (!caller.ok) return caller.response;
  return Response.json({ for: caller.claims.sub, ...newInvoice() });
}
