/**
 * The name of a cookie as a site sets it: on http, names end with the port.
 *
 * @param origin the site's public origin
 * @param name without prefix and port; also a chunk of the session, such as `session.0`
 */
export function cookieName(origin: string, name: string): string {
  const { protocol, port } = new URL(origin);
  if (protocol === 'https:') return `__Host-${name}`;
  return port === '' ? name : name.replace(/^[^.]+/, `$&-${port}`);
}

/**
 * The cookies of one host, with their names as a site sets them.
 *
 * @param origin the site's public origin
 * @param cookies by name, without prefix and port
 */
export function namedCookies(
  origin: string,
  cookies: Readonly<Record<string, string>>,
): Map<string, string> {
  return new Map(
    Object.entries(cookies).map(([name, value]) => [cookieName(origin, name), value] as const),
  );
}

const NAMES = /(?<=^|; ?)(session(?=[.=;]|$)|signin(?=-)|(?:signed-out|seen|theme)(?==))/g;

/**
 * A `Cookie` header, in which this site's cookies have their names as the site sets them.
 *
 * @param origin the site's public origin
 * @param header with names without prefix and port
 */
export function cookieHeader(origin: string, header: string): string {
  return header.replace(NAMES, (name) => cookieName(origin, name));
}
