/** An entry of `package-lock.json`. */
interface Locked {
  readonly link?: boolean;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/**
 * The development packages that only removed files import.
 *
 * @param manifest the text of `package.json`
 * @param gone the texts of the removed source files
 * @param staying the texts of the others
 */
export function unusedPackages(
  manifest: string,
  gone: readonly string[],
  staying: readonly string[],
): string[] {
  const { devDependencies, scripts } = JSON.parse(manifest);
  const commands = Object.values<string>(scripts ?? {}).flatMap((command) => command.split(' '));
  const imports = (name: string) => new RegExp(`(from|import) '${name}['/]`);
  const mentions = (name: string) => new RegExp(`['"]${name}['"/]`);
  return Object.keys(devDependencies ?? {}).filter(
    (name) =>
      gone.some((text) => imports(name).test(text)) &&
      !staying.some((text) => mentions(name).test(text)) &&
      !commands.includes(name),
  );
}

/**
 * Removes development packages from a `package.json`.
 *
 * @param manifest its text
 * @param names of the packages
 */
export function withoutPackages(manifest: string, names: readonly string[]): string {
  if (names.length === 0) return manifest;
  const parsed = JSON.parse(manifest);
  return asJson({ ...parsed, devDependencies: without(parsed.devDependencies, names) });
}

/**
 * Removes development packages from a `package-lock.json`, with the packages that only they needed.
 *
 * @param text its text
 * @param names of the packages
 */
export function withoutLocked(text: string, names: readonly string[]): string {
  if (names.length === 0) return text;
  const lock = JSON.parse(text);
  const root = lock.packages[''];
  const packages: Record<string, Locked> = {
    ...lock.packages,
    '': { ...root, devDependencies: without(root.devDependencies, names) },
  };
  const needed = reachable(packages);
  const kept = Object.entries(packages).filter(([path]) => needed.has(path));
  return asJson({ ...lock, packages: Object.fromEntries(kept) });
}

/** The paths of all entries that the project, or a workspace of it, needs. */
function reachable(packages: Readonly<Record<string, Locked>>): ReadonlySet<string> {
  const found = new Set(['']);
  for (const [path, { link, resolved }] of Object.entries(packages)) {
    if (link && resolved !== undefined) found.add(path).add(resolved);
  }
  // Entries that are added here are visited, too.
  for (const path of found) {
    const entry = packages[path] ?? {};
    const lists = [entry.dependencies, entry.optionalDependencies, entry.peerDependencies];
    const development = path.includes('node_modules/') ? [] : [entry.devDependencies];
    for (const name of [...lists, ...development].flatMap((list) => Object.keys(list ?? {}))) {
      const at = resolve(packages, path, name);
      if (at !== undefined) found.add(at);
    }
  }
  return found;
}

/** Where Node finds a package: in the folder that needs it, or in one above. */
function resolve(
  packages: Readonly<Record<string, Locked>>,
  from: string,
  name: string,
): string | undefined {
  for (let folder = from; ; folder = folder.replace(/(^|\/)[^/]*$/, '')) {
    const at = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (at in packages) return at;
    if (folder === '') return undefined;
  }
}

function without(list: Readonly<Record<string, string>>, names: readonly string[]) {
  return Object.fromEntries(Object.entries(list).filter(([name]) => !names.includes(name)));
}

/** Formatted as npm does. */
function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
