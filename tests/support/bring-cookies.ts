import { comeBack } from './expired';
import type { Person } from './person';
import type { RunningSite } from './site';
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

/**
 * Gives a browser a session of alice, who signed in ten minutes ago.
 *
 * @param person from `seatPerson`
 * @param site the running site
 */
export async function arrive(person: Person, site: RunningSite): Promise<void> {
  await bringCookies(person, await comeBack(site, { ago: 600 }), site.origin);
}
