import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';

/** The machine that the figures were taken on, and the versions that were measured. */
export interface Machine {
  readonly processor: string;
  readonly processors: number;
  /** In gigabytes. */
  readonly memory: number;
  readonly system: string;
  /** Versions by name: Node and the compared packages. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Describes this machine and the bench's installed packages. */
export function machine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    processors: cpus().length,
    memory: Math.round(totalmem() / 2 ** 30),
    system: `Linux ${release()}`,
    versions: { node: process.versions.node, ...packagesOf('package.json') },
  };
}

/**
 * Checks that the bench has the same versions of the project's packages.
 *
 * @throws Error with what to do if a version differs
 */
export function checkVersions(): void {
  const bench = packagesOf('package.json');
  const others = Object.entries(packagesOf('../../../package.json', 'dependencies')).filter(
    ([name, version]) => bench[name] !== version,
  );
  if (others.length === 0) return;
  const wanted = others.map(([name, version]) => `${name}@${version}`).join(' ');
  throw new Error(
    `The bench and the project have different versions of some packages. Run
  npm install --prefix tools/workshop/bench --ignore-scripts --save-dev --save-exact ${wanted}`,
  );
}

function packagesOf(file: string, list = 'devDependencies'): Record<string, string> {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))[list];
}
