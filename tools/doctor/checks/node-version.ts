import { type Finding, ok, warning, wrong } from '../finding';

/** The version in `engines` in package.json. */
const WANTED = [22, 13] as const;
/** The oldest version on which the commands work. */
const LEAST = [20, 20] as const;

/**
 * Checks that Node.js is new enough.
 *
 * @param version the version of Node.js, like `v22.13.0`
 */
export function nodeVersion(version: string): Finding {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  const isFrom = ([wantedMajor, wantedMinor]: readonly [number, number]) =>
    Number(major) > wantedMajor || (Number(major) === wantedMajor && Number(minor) >= wantedMinor);
  if (isFrom(WANTED)) return ok('node', version);
  const trouble = {
    problem: `Node.js is older than ${WANTED.join('.')}, the version that package.json requires`,
    value: version,
    fix: { here: 'Install the version in .nvmrc, e.g. with: nvm install' },
  };
  return isFrom(LEAST) ? warning('node', trouble) : wrong('node', trouble);
}
