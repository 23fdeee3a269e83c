import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';

/** Where figures were taken, and with what. */
export interface Machine {
  readonly processor: string;
  readonly processors: number;
  /** In gigabytes. */
  readonly memory: number;
  readonly system: string;
  /** By name: Node, and the packages that are compared. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Describes this machine and what is installed for the bench. */
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
 * Compares the versions that the project and the bench have of the same packages.
 *
 * @throws Error with what to do, if one of the project's is not the bench's
 */
export function checkVersions(): void {
  const bench = packagesOf('package.json');
  const others = Object.entries(packagesOf('../../../package.json', 'dependencies')).filter(
    ([name, version]) => bench[name] !== version,
  );
  if (others.length === 0) return;
  const wanted = others.map(([name, version]) => `${name}@${version}`).join(' ');
  throw new Error(
    `The bench has other versions than the project. Run
  npm install --prefix tools/workshop/bench --ignore-scripts --save-dev --save-exact ${wanted}`,
  );
}

function packagesOf(file: string, list = 'devDependencies'): Record<string, string> {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))[list];
}
