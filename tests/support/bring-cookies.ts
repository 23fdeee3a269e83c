import type { Person } from './person';
import type { Visitor } from './visitor';

/**
 * Copies a visitor's cookies for the site into a browser.
 *
 * @param person from `seatPerson`
 * @param visitor from `comeBack`
 * @param origin the site's
 */
export async function bringCookies(
  { context }: Person,
  visitor: Visitor,
  origin: string,
): Promise<void> {
  const cookies = visitor.cookies.get(new URL(origin).hostname) ?? new Map<string, string>();
  await context.addCookies(
    [...cookies].map(([name, value]) => ({ name, value, url: origin, httpOnly: true })),
  );
}
