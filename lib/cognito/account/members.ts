/**
 * Reads a member of a parsed body.
 *
 * @param value any value
 * @param name of the member
 * @returns undefined if the value isn't an object with this member of its own, or if it is null
 */
export function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  const member: unknown = Reflect.get(value, name);
  return member ?? undefined;
}

/** Reads a member that is a text; undefined if it is missing, empty or anything else. */
export function textOf(value: unknown, name: string): string | undefined {
  const member = memberOf(value, name);
  return typeof member === 'string' && member !== '' ? member : undefined;
}

/** Reads a member that is a list; empty if it is missing or anything else. */
export function listOf(value: unknown, name: string): readonly unknown[] {
  const member = memberOf(value, name);
  return Array.isArray(member) ? member : [];
}

/** Reads the texts of a member that is a list. Cognito leaves out lists that would be empty. */
export function textsOf(value: unknown, name: string): readonly string[] {
  return listOf(value, name).filter((item) => typeof item === 'string');
}
