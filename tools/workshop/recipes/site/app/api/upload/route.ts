import { authenticate, readUpload } from '@/lib/cognito';

export async function POST(request: Request): Promise<Response> {
  const caller = await authenticate(request);
  if (!caller.ok) return caller.response;
  const form = await readUpload(request);
  const file = form?.get('file');
  return file instanceof File
    ? Response.json({ size: file.size })
    : Response.json({ error: 'no file' }, { status: 400 });
}
