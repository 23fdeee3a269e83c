import { builtinModules } from 'node:module';

/** The name that every new clone has. */
export const TEMPLATE_NAME = 'nextjs-cognito-starter';

/** A name that npm accepts: lowercase, URL-safe, with an optional scope. */
const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;
const LONGEST = 214;

/**
 * Checks a name by npm's rules for package names.
 * https://docs.npmjs.com/cli/configuring-npm/package-json#name
 *
 * @param name the name as typed
 * @returns one sentence that says what is wrong, or undefined for a valid name
 */
export function whyNotName(name: string): string | undefined {
  if (name.length > LONGEST) return `The name can have at most ${LONGEST} characters.`;
  if (!NAME.test(name) || !/[a-z0-9]/.test(ownPart(name))) {
    return 'The name can contain lowercase letters, digits, "-", "." and "_", like my-app or @acme/portal.';
  }
  if (builtinModules.includes(name) || ['node_modules', 'favicon.ico'].includes(name)) {
    return `"${name}" is reserved by Node or npm. Choose another name.`;
  }
  return undefined;
}

/**
 * The name to suggest: the project's own name, or the folder's while it still has the template's name.
 *
 * @param present the name in `package.json`
 * @param folder the name of the project's folder
 */
export function offeredName(present: string, folder: string): string {
  if (present !== TEMPLATE_NAME) return present;
  const offered = folder.toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
  const trimmed = offered.replace(/^[._-]+|[._-]+$/g, '');
  return whyNotName(trimmed) === undefined ? trimmed : present;
}

/**
 * Turns a package name into a title: `@acme/my-app` becomes "My app".
 *
 * @param name a valid name
 */
export function titleOf(name: string): string {
  const words = ownPart(name)
    .replace(/[-._~]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The name without its scope. */
function ownPart(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
