import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The lines that count: comments that stand alone are left out. */
function linesOf(file: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
}

const WORKSHOP = 'tools/workshop';
const INTL = `${WORKSHOP}/next-intl`;
/** The project's folder, the workshop's, and those in it that have packages of their own. */
const PACKAGES = [
  '.',
  WORKSHOP,
  `${WORKSHOP}/clients`,
  INTL,
  `${WORKSHOP}/lighthouse`,
  `${WORKSHOP}/bench`,
];
/** Without a lock file: its packages are in the project's, and npm links its folder. */
const WORKSPACE = 'lib/local-pool';
const LINK = 'node_modules/local-pool';
/** Those that the gate needs. */
const IN_GATE = PACKAGES.slice(0, 4);
/** Packages that would run a script at the install. It never runs, and none of them needs it. */
const WITH_SCRIPT: Record<string, string[]> = {
  '.': ['node_modules/esbuild'],
  'tools/workshop/clients': ['node_modules/esbuild'],
  [INTL]: ['node_modules/@parcel/watcher', 'node_modules/@swc/core'],
};

describe.each(PACKAGES)('what npm installs in %s', (folder) => {
  type Locked = { integrity?: string; hasInstallScript?: true };
  const lock = JSON.parse(readFileSync(`${folder}/package-lock.json`, 'utf8'));
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const own = folder === '.' ? ['', WORKSPACE, LINK] : [''];
  const packages = Object.entries<Locked>(lock.packages).filter(([path]) => !own.includes(path));

  test('is the registry’s own package, byte for byte', () => {
    expect(lock.lockfileVersion).toBe(3);
    expect(packages.length).toBeGreaterThan(folder === '.' ? 80 : 4);
    for (const [path, entry] of packages) {
      expect(path).toMatch(/^(node_modules\/(@[\w.-]+\/)?[\w.-]+(\/|$))+$/);
      expect(entry.integrity, path).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
      // With these a lock file sends npm elsewhere: to a host, a folder, a package of another name.
      // Without them npm asks its registry for the name in the path, and refuses other bytes.
      for (const key of ['resolved', 'link', 'name', 'inBundle']) {
        expect(entry, path).not.toHaveProperty(key);
      }
    }
  });

  test('has no package but the known ones that would run a script at the install, and needs none of it', () => {
    const withScript = packages.filter(([, entry]) => entry.hasInstallScript);
    expect(withScript.map(([path]) => path)).toEqual(WITH_SCRIPT[folder] ?? []);
    const ours = Object.keys(manifest.scripts ?? {});
    expect(ours.filter((name) => /install$|^(pre|post)?prepare$/.test(name))).toEqual([]);
  });

  test('is named in the two lists that are checked, and in no other', () => {
    const lists = Object.keys(manifest).filter((key) =>
      /dependencies|overrides|workspaces/i.test(key),
    );
    // The others are for tests and measurements, all of them.
    const ours =
      folder === '.' ? ['workspaces', 'dependencies', 'devDependencies'] : ['devDependencies'];
    // One of Lighthouse's packages asks for the latest of another: a lock file cannot hold that.
    if (folder === 'tools/workshop/lighthouse') ours.push('overrides');
    expect(lists).toEqual(ours);
    expect(manifest.overrides ?? {}).toEqual(
      folder === 'tools/workshop/lighthouse' ? { 'third-party-web': '0.27.0' } : {},
    );
  });

  test('is locked the same way by everyone’s npm, and by Dependabot’s', () => {
    // Nothing else belongs into this file: no registry, no token.
    expect(linesOf(`${folder}/.npmrc`)).toEqual([
      'omit-lockfile-registry-resolved=true',
      // Its peers are the project's own packages.
      ...(folder === INTL ? ['legacy-peer-deps=true'] : []),
    ]);
  });

  test('is never published', () => {
    expect(manifest.private).toBe(true);
  });
});

describe('what npm installs', () => {
  test('runs no script at our own install, in any folder', () => {
    expect(readFileSync('tools/setup/npm-ci.js', 'utf8')).toContain("'--ignore-scripts'");
    for (const script of [
      'tools/setup/ensure-installed.js',
      'tools/workshop/lighthouse/run.ts',
      'tools/workshop/bench/run.ts',
    ]) {
      const text = readFileSync(script, 'utf8');
      expect(text).toContain("npm-ci.js'");
      expect(text).not.toMatch(/'(ci|install)'/);
    }
  });

  test('links one folder of the repository, which is no package of the registry', () => {
    const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
    const { packages } = read('package-lock.json');
    const manifest = read(`${WORKSPACE}/package.json`);
    expect(read('package.json').workspaces).toEqual([WORKSPACE]);
    expect(packages[LINK]).toEqual({ resolved: WORKSPACE, link: true });
    const { license, devDependencies } = manifest;
    expect(packages[WORKSPACE]).toEqual({ license, devDependencies });
    expect(manifest.private).toBe(true);
    expect(Object.keys(manifest).filter((key) => /dependencies|overrides/i.test(key))).toEqual([
      'devDependencies',
    ]);
    expect(Object.keys(manifest.scripts)).toEqual(['start', 'test']);
  });

  test('has its lists of packages in these folders only', () => {
    const files = execFileSync(
      'git',
      ['ls-files', '*package.json', '*package-lock.json', '*.npmrc'],
      {
        encoding: 'utf8',
      },
    );
    const folders = files
      .trim()
      .split('\n')
      .map((file) => dirname(file));
    expect([...new Set(folders)].sort()).toEqual([...PACKAGES, WORKSPACE].sort());
    expect(files).not.toContain(`${WORKSPACE}/package-lock.json`);
    expect(files).not.toContain(`${WORKSPACE}/.npmrc`);
  });
});

const workflows = readdirSync('.github/workflows');
const uses = workflows.flatMap((file) =>
  linesOf(`.github/workflows/${file}`).filter((line) => /\buses\b/.test(line)),
);

describe.each(workflows)('the workflow %s', (file) => {
  const lines = linesOf(`.github/workflows/${file}`);

  test('runs actions of one commit only, and says which version that is', () => {
    const pinned = /^ +(- )?uses: [\w-]+(\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
    const actions = lines.filter((line) => /\buses\b/.test(line));
    expect(actions.length).toBeGreaterThan(0);
    for (const line of actions) expect(line).toMatch(pinned);
  });

  test('may read the repository; only CodeQL may write, and only its findings', () => {
    const start = lines.indexOf('permissions:');
    expect(lines.slice(start, start + 3)).toEqual(['permissions:', '  contents: read', 'jobs:']);
    const writes = lines.filter((line) => /\bwrite/.test(line)).map((line) => line.trim());
    expect(writes).toEqual(file === 'codeql.yml' ? ['security-events: write'] : []);
  });

  test('gives the author of a pull request neither a secret nor a line of script', () => {
    // Others, like pull_request_target, run with the rights of main on what a stranger has sent.
    const triggers = lines.slice(lines.indexOf('on:') + 1, lines.indexOf('permissions:'));
    const harmless = ['  push:', '    branches: [main]', '  pull_request:', '  schedule:'];
    expect(triggers).toContain('  pull_request:');
    const others = triggers.filter((line) => !harmless.includes(line));
    expect(others.filter((line) => !line.startsWith('    - cron: '))).toEqual([]);
    // An expression is pasted into a script before the shell reads it, and a title may be one. Secrets
    // need one too. No workflow here needs any.
    expect(lines.join('\n')).not.toContain('${{');
  });

  test('leaves no token in the folder where the packages run', () => {
    const checkouts = lines.flatMap((line, at) => (line.includes('actions/checkout@') ? [at] : []));
    expect(checkouts.length).toBeGreaterThan(0);
    for (const at of checkouts) {
      expect(lines.slice(at + 1, at + 3).map((line) => line.trim())).toEqual([
        'with:',
        'persist-credentials: false',
      ]);
    }
  });
});

describe('the workflows', () => {
  test('check the signatures before anything of a package runs, then run the gate, in both forms', () => {
    const lines = linesOf('.github/workflows/ci.yml').map((line) => line.trim());
    expect(lines).toEqual(expect.arrayContaining(['push:', 'pull_request:']));
    const inEach = (command: string) =>
      IN_GATE.map((folder) => `- run: ${command}${folder === '.' ? '' : ` --prefix ${folder}`}`);
    const before = [...inEach('npm ci --ignore-scripts'), ...inEach('npm audit signatures')];
    const gate = '- run: bash .ci/run';
    expect(lines.filter((line) => /\brun:/.test(line))).toEqual([
      ...[...before, gate],
      ...[...before, '- run: npm run migrate:proxy', gate],
    ]);
    expect(lines.filter((line) => /^(- )?(if|continue-on-error):/.test(line))).toEqual([]);
  });

  test('have each action in one version: CodeQL refuses a mixture', () => {
    const pins = uses.map((line) => line.replace(/^.*uses: ([\w-]+\/[\w-]+)[^@]*@/, '$1@'));
    const actions = new Set(pins.map((pin) => pin.split('@')[0]));
    expect(new Set(pins).size).toBe(actions.size);
  });
});

describe('Dependabot', () => {
  const lines = linesOf('.github/dependabot.yml');
  const npm = groupsOf('npm');
  const devDependencies = {
    ...JSON.parse(readFileSync(`${WORKSPACE}/package.json`, 'utf8')).devDependencies,
    ...JSON.parse(readFileSync('package.json', 'utf8')).devDependencies,
  };

  test('looks at the packages and at the actions, weekly', () => {
    const asked = lines.filter((line) => /package-ecosystem|interval/.test(line));
    expect(asked.map((line) => line.trim())).toEqual([
      ...PACKAGES.flatMap(() => ['- package-ecosystem: npm', 'interval: weekly']),
      '- package-ecosystem: github-actions',
      'interval: weekly',
    ]);
  });

  test('looks into every folder that has packages', () => {
    const folders = PACKAGES.map(
      (folder) => `    directory: ${folder === '.' ? '/' : `/${folder}`}`,
    );
    const npmEntries = lines.flatMap((line, at) =>
      line === '  - package-ecosystem: npm' ? [lines[at + 1]] : [],
    );
    expect(npmEntries).toEqual(folders);
  });

  test('brings a security release of Next.js alone', () => {
    expect(npm.length).toBeGreaterThan(0);
    expect(npm.filter((group) => holds(group, 'next')).map(({ name }) => name)).toEqual([]);
    expect(lines.join('\n')).not.toContain('multi-ecosystem');
  });

  test.each(['version-updates', 'security-updates'])(
    'keeps together what belongs together: %s',
    (kind) => {
      const groups = npm.filter(
        (group) => (group.options.get('applies-to') ?? 'version-updates') === kind,
      );
      const groupOf = (name: string) => groups.find((group) => holds(group, name))?.name;
      expect(groupOf('react')).toMatch(/^react/);
      expect(groupOf('react-dom')).toBe(groupOf('react'));
      for (const name of Object.keys(devDependencies)) expect(groupOf(name), name).toBeDefined();
    },
  );

  /** In the order of the file: Dependabot takes the first group that fits. */
  function groupsOf(ecosystem: string) {
    const start = lines.indexOf(`  - package-ecosystem: ${ecosystem}`) + 1;
    const others = lines.slice(start).findIndex((line) => line.startsWith('  - '));
    const entry = lines.slice(start, others === -1 ? undefined : start + others);
    const groups: Group[] = [];
    for (const line of entry.slice(entry.indexOf('    groups:') + 1)) {
      const [, name] = line.match(/^ {6}([a-z-]+):$/) ?? [];
      const [, key, value] = line.match(/^ {8}([a-z-]+): (.+)$/) ?? [];
      if (name) groups.push({ name, options: new Map() });
      else if (key && value) groups.at(-1)?.options.set(key, value);
      else throw new Error(`This test does not understand "${line}"`);
    }
    return groups;
  }

  function holds({ options }: Group, name: string): boolean {
    const type = name in devDependencies ? 'development' : 'production';
    if ((options.get('dependency-type') ?? type) !== type) return false;
    return (
      fits(options.get('patterns') ?? '*', name) &&
      !fits(options.get('exclude-patterns') ?? '', name)
    );
  }
});

type Group = { name: string; options: Map<string, string> };

/** @param list `[react, 'a-*']`, or one name */
function fits(list: string, name: string): boolean {
  const patterns = list.replace(/[[\]'" ]/g, '').split(',');
  return patterns.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name));
}
