/**
 * A value as a `Cookie` header, cut into several cookies where it is too long for one.
 *
 * @param cookie.name if one is enough
 * @param cookie.value of all of them together
 * @param cookie.size how many characters one may have
 * @param cookie.nameOf the names where it takes several, counted from 0
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
