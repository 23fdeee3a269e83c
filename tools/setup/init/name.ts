import { builtinModules } from 'node:module';

/** The name that every clone begins with. */
export const TEMPLATE_NAME = 'nextjs-cognito-starter';

/** What npm publishes under: lower case, safe in a URL, perhaps with a scope. */
const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;
const LONGEST = 214;

/**
 * Why a name cannot be a package's, by npm's own rules.
 * https://docs.npmjs.com/cli/configuring-npm/package-json#name
 *
 * @param name as somebody has typed it
 * @returns one sentence, or undefined for a good name
 */
export function whyNotName(name: string): string | undefined {
  if (name.length > LONGEST) return `A name has ${LONGEST} characters at most.`;
  if (!NAME.test(name) || !/[a-z0-9]/.test(ownPart(name))) {
    return 'A name has small letters, digits and "-", "." or "_" inside, like my-app or @acme/portal.';
  }
  if (builtinModules.includes(name) || ['node_modules', 'favicon.ico'].includes(name)) {
    return `"${name}" means something else to Node or npm.`;
  }
  return undefined;
}

/**
 * The name to offer: what the project has been called, or its folder's as long as it has none of its own.
 *
 * @param present of `package.json`
 * @param folder the project's, its last part
 */
export function offeredName(present: string, folder: string): string {
  if (present !== TEMPLATE_NAME) return present;
  const offered = folder.toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
  const trimmed = offered.replace(/^[._-]+|[._-]+$/g, '');
  return whyNotName(trimmed) === undefined ? trimmed : present;
}

/**
 * A package's name as people read it: `@acme/my-app` is "My app".
 *
 * @param name a good one
 */
export function titleOf(name: string): string {
  const words = ownPart(name)
    .replace(/[-._~]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Without the scope. */
function ownPart(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
