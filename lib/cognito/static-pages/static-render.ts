import { headers } from 'next/headers';

/**
 * Whether this is a `force-static` page: Next gives it an empty request, and no error. That isn't only so in the
 * build: a host may render the page again later, and it must have the same scripts then.
 */
export async function isStaticRender(): Promise<boolean> {
  // While Next builds, this call ends the rendering of every other page. Each request has at least a `Host`.
  const given = await headers();
  return given.keys().next().done === true;
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
