/**
 * A value as a `Cookie` header, split into several cookies if it is too long for one.
 *
 * @param cookie.name the name if one cookie is enough
 * @param cookie.value the whole value
 * @param cookie.size the most characters in one cookie
 * @param cookie.nameOf the name of each cookie if several are needed, counted from 0
 */
export function chunk(cookie: {
  readonly name: string;
  readonly value: string;
  readonly size: number;
  readonly nameOf: (index: number) => string;
}): string {
  const { name, value, size, nameOf } = cookie;
  if (value.length <= size) return `${name}=${value}`;
  const pieces = Array.from({ length: Math.ceil(value.length / size) }, (_, index) =>
    value.slice(index * size, (index + 1) * size),
  );
  return pieces.map((piece, index) => `${nameOf(index)}=${piece}`).join('; ');
}
