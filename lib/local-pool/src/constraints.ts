import { type Refused, refused } from './exceptions';

/** A broken constraint in Cognito's words; null if the value satisfies it. */
export type Violation = string | null;

/**
 * The member must be there.
 *
 * @param name the member in camel case, as Cognito's messages have it
 * @param value what was sent
 */
export function present(name: string, value: unknown): Violation {
  return value === undefined ? violation(name, null, 'Member must not be null') : null;
}

/**
 * The member must match, if it is there.
 *
 * @param name the member in camel case
 * @param value what was sent
 * @param pattern of the whole value, in the notation of the API reference
 */
export function matching(name: string, value: string | undefined, pattern: string): Violation {
  if (value === undefined || new RegExp(`^(?:${pattern})$`, 'u').test(value)) return null;
  return violation(name, value, `Member must satisfy regular expression pattern: ${pattern}`);
}

/**
 * The length of the member, if it is there.
 *
 * @param name the member in camel case
 * @param value what was sent
 * @param least the shortest length, in characters
 * @param most the greatest length, in characters
 */
export function length(
  name: string,
  value: string | undefined,
  least: number,
  most: number,
): Violation {
  if (value === undefined) return null;
  if (value.length < least) {
    return violation(name, value, `Member must have length greater than or equal to ${least}`);
  }
  if (value.length <= most) return null;
  return violation(name, value, `Member must have length less than or equal to ${most}`);
}

/**
 * The greatest number, if the member is there. The smallest is 0.
 *
 * @param name the member in camel case
 * @param value what was sent
 * @param most inclusive
 */
export function range(name: string, value: number | undefined, most: number): Violation {
  if (value === undefined || (value >= 0 && value <= most)) return null;
  const bound = value < 0 ? 'greater than or equal to 0' : `less than or equal to ${most}`;
  return violation(name, String(value), `Member must have value ${bound}`);
}

/**
 * Refuses a request with broken constraints. As in Cognito, the message repeats the values, even a
 * password: a site must never log it or show it.
 *
 * @param violations any number
 * @returns null if all are null
 */
export function refuseViolations(violations: readonly Violation[]): Refused | null {
  const broken = violations.filter((one) => one !== null);
  if (broken.length === 0) return null;
  const count = `${broken.length} validation error${broken.length === 1 ? '' : 's'} detected`;
  return refused('InvalidParameterException', `${count}: ${broken.join('; ')}`);
}

function violation(name: string, value: string | null, constraint: string): string {
  const shown = value === null ? 'null' : `'${value}'`;
  return `Value ${shown} at '${name}' failed to satisfy constraint: ${constraint}`;
}
