import { headers } from 'next/headers';
import { isBuilding, isDevelopment } from '../environment';

/** Whether this is a `force-static` page: Next gives it an empty request, and no error. */
export async function isStaticRender(): Promise<boolean> {
  // While Next builds, this call ends the rendering of every other page.
  const given = await headers();
  return isBuilding || (isDevelopment && !given.has('x-nonce'));
}

/**
 * Call it before you read the session: a static page would show every visitor as signed out.
 *
 * @throws Error in a static page: `next build` fails, and `next dev` shows it
 */
export async function refuseStaticRender(): Promise<void> {
  if (!(await isStaticRender())) return;
  throw new Error(
    'A static page (force-static) reads the session. It is the same for everyone: read the session in the browser instead, or delete `force-static` and list the page in publicPages.',
  );
}
