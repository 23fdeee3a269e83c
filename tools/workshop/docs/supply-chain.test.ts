import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The lines of a file without empty lines and comment lines. */
function linesOf(file: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
}

const WORKSHOP = 'tools/workshop';
const INTL = `${WORKSHOP}/next-intl`;
const OPENNEXT = `${WORKSHOP}/opennext`;
/** The root, the workshop, and its folders that have their own packages. */
const PACKAGES = [
  '.',
  WORKSHOP,
  `${WORKSHOP}/clients`,
  INTL,
  `${WORKSHOP}/engines`,
  `${WORKSHOP}/lighthouse`,
  `${WORKSHOP}/vercel`,
  OPENNEXT,
  `${WORKSHOP}/bench`,
];
/** It has no lock file: its packages are in the root's, and npm links its folder. */
const WORKSPACE = 'lib/local-pool';
const LINK = 'node_modules/local-pool';
/** The folders that the gate needs. */
const IN_GATE = PACKAGES.slice(0, 5);
/** Packages with an install script. The scripts never run, and none of the packages needs its script. */
const WITH_SCRIPT: Record<string, string[]> = {
  '.': ['node_modules/esbuild'],
  [OPENNEXT]: ['node_modules/esbuild'],
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
      // With these keys, a lock file can send npm to another host, folder or package name. Without them, npm
      // fetches the name in the path from its registry, and refuses a different hash.
      for (const key of ['resolved', 'link', 'name', 'inBundle']) {
        expect(entry, path).not.toHaveProperty(key);
      }
    }
  });

  test('has only known packages with an install script, and no install script of its own', () => {
    const withScript = packages.filter(([, entry]) => entry.hasInstallScript);
    expect(withScript.map(([path]) => path)).toEqual(WITH_SCRIPT[folder] ?? []);
    const ours = Object.keys(manifest.scripts ?? {});
    expect(ours.filter((name) => /install$|^(pre|post)?prepare$/.test(name))).toEqual([]);
  });

  test('is named only in the lists that are checked', () => {
    const lists = Object.keys(manifest).filter((key) =>
      /dependencies|overrides|workspaces/i.test(key),
    );
    // The other folders are only for tests and measurements.
    const ours =
      folder === '.' ? ['workspaces', 'dependencies', 'devDependencies'] : ['devDependencies'];
    // One of Lighthouse's packages requires the latest version of another, which a lock file cannot pin.
    if (folder === 'tools/workshop/lighthouse') ours.push('overrides');
    expect(lists).toEqual(ours);
    expect(manifest.overrides ?? {}).toEqual(
      folder === 'tools/workshop/lighthouse' ? { 'third-party-web': '0.27.0' } : {},
    );
  });

  test('is locked the same way by everyone’s npm, and by Dependabot’s', () => {
    // Nothing else belongs in this file: no registry, no token.
    expect(linesOf(`${folder}/.npmrc`)).toEqual([
      'omit-lockfile-registry-resolved=true',
      // Its peer dependencies are packages of the root.
      ...([INTL, OPENNEXT].includes(folder) ? ['legacy-peer-deps=true'] : []),
    ]);
  });

  test('is never published', () => {
    expect(manifest.private).toBe(true);
  });
});

describe('what npm installs', () => {
  test('runs no scripts during our own installs, in any folder', () => {
    const ours = readFileSync('tools/setup/ensure-installed.js', 'utf8');
    expect(ours).toContain("'--ignore-scripts'");
    expect(ours.match(/'(ci|install)'/g)).toEqual(["'ci'"]);
    for (const script of ['lighthouse/run.ts', 'bench/run.ts', 'support/host-tests.ts']) {
      const text = readFileSync(`${WORKSHOP}/${script}`, 'utf8');
      expect(text).toContain("ensure-installed.js'");
      expect(text).not.toMatch(/'(ci|install)'/);
    }
  });

  test('links one folder of the repository, which is not a package from the registry', () => {
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

  test('has package lists only in these folders', () => {
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
/** Proposes a release of the template, if the owner of a copy turns it on. */
const UPDATE = 'template-update.yml';
/** What workflows may write; each in one job only. */
const WRITES: Record<string, string[]> = {
  'codeql.yml': ['security-events: write'],
  [UPDATE]: ['contents: write', 'pull-requests: write'],
};
const uses = workflows.flatMap((file) =>
  linesOf(`.github/workflows/${file}`).filter((line) => /\buses\b/.test(line)),
);

describe.each(workflows)('the workflow %s', (file) => {
  const lines = linesOf(`.github/workflows/${file}`);

  test('pins each action to a commit, with its version in a comment', () => {
    const pinned = /^ +(- )?uses: [\w-]+(\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
    const actions = lines.filter((line) => /\buses\b/.test(line));
    expect(actions.length).toBeGreaterThan(0);
    for (const line of actions) expect(line).toMatch(pinned);
  });

  test('may only read the repository, but for what one of its jobs is made to write', () => {
    const start = lines.indexOf('permissions:');
    expect(lines.slice(start, start + 3)).toEqual(['permissions:', '  contents: read', 'jobs:']);
    const writes = lines.filter((line) => /: write/.test(line)).map((line) => line.trim());
    expect(writes).toEqual(WRITES[file] ?? []);
  });

  test('gives the author of a pull request no secret and no way to inject script', () => {
    // Others, such as pull_request_target, run a stranger's code with the permissions of main.
    const triggers = lines.slice(lines.indexOf('on:') + 1, lines.indexOf('permissions:'));
    const harmless = [
      '  push:',
      '    branches: [main]',
      '  pull_request:',
      '  schedule:',
      '  workflow_dispatch:',
    ];
    const others = triggers.filter((line) => !harmless.includes(line));
    expect(others.filter((line) => !line.startsWith('    - cron: '))).toEqual([]);
    // GitHub inserts an expression into a script before the shell parses it, so a pull request's title could inject
    // code. Secrets need expressions, too.
    const expressions = lines.filter((line) => line.includes('${{'));
    const ofToken = expressions.filter((line) =>
      /^ +GH_TOKEN: \$\{\{ github\.token }}$/.test(line),
    );
    expect([expressions.length, ofToken.length]).toEqual(file === UPDATE ? [1, 1] : [0, 0]);
    if (expressions.length > 0) expect(triggers).not.toContain('  pull_request:');
  });

  test('leaves no token in the folder in which packages run', () => {
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
  test('check the signatures before any code of a package runs, then run the gate, with both forms of the middleware', () => {
    const lines = linesOf('.github/workflows/ci.yml').map((line) =>
      line.trim().replace(/ # template-only$/, ''),
    );
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

  test('use one version of each action, because CodeQL refuses a mixture', () => {
    const pins = uses.map((line) => line.replace(/^.*uses: ([\w-]+\/[\w-]+)[^@]*@/, '$1@'));
    const actions = new Set(pins.map((pin) => pin.split('@')[0]));
    expect(new Set(pins).size).toBe(actions.size);
  });
});

describe('the update of a copy', () => {
  const lines = linesOf(`.github/workflows/${UPDATE}`).map((line) => line.trim());
  const [merge, propose] = [lines.indexOf('merge:'), lines.indexOf('propose:')];
  const [merging, proposing] = [lines.slice(merge, propose), lines.slice(propose)];

  test('is off until the owner of the copy turns it on', () => {
    expect(merging[1]).toBe("if: vars.TEMPLATE_UPDATES == 'weekly'");
    expect(proposing[1]).toBe('needs: merge');
  });

  test('runs the code of a new release in a job that can write nothing, and has no token', () => {
    expect(merging.join('\n')).toContain('npm run --silent update');
    expect(merging.join('\n')).not.toMatch(/permissions:|TOKEN|: write/);
    expect(proposing.join('\n')).not.toMatch(/\b(npm|node|npx)\b|setup-node/);
  });
});

describe('Dependabot', () => {
  const lines = linesOf('.github/dependabot.yml');
  const npm = groupsOf('npm');
  const devDependencies = {
    ...JSON.parse(readFileSync(`${WORKSPACE}/package.json`, 'utf8')).devDependencies,
    ...JSON.parse(readFileSync('package.json', 'utf8')).devDependencies,
  };

  test('checks the packages and the actions weekly', () => {
    const asked = lines.filter((line) => /package-ecosystem|interval/.test(line));
    expect(asked.map((line) => line.trim())).toEqual([
      ...PACKAGES.flatMap(() => ['- package-ecosystem: npm', 'interval: weekly']),
      '- package-ecosystem: github-actions',
      'interval: weekly',
    ]);
  });

  test('checks every folder that has packages', () => {
    const folders = PACKAGES.map(
      (folder) => `    directory: ${folder === '.' ? '/' : `/${folder}`}`,
    );
    const npmEntries = lines.flatMap((line, at) =>
      line === '  - package-ecosystem: npm' ? [lines[at + 1]] : [],
    );
    expect(npmEntries).toEqual(folders);
  });

  test('proposes a security release of Next.js by itself', () => {
    expect(npm.length).toBeGreaterThan(0);
    expect(npm.filter((group) => holds(group, 'next')).map(({ name }) => name)).toEqual([]);
    expect(lines.join('\n')).not.toContain('multi-ecosystem');
  });

  test.each(['version-updates', 'security-updates'])('groups related packages: %s', (kind) => {
    const groups = npm.filter(
      (group) => (group.options.get('applies-to') ?? 'version-updates') === kind,
    );
    const groupOf = (name: string) => groups.find((group) => holds(group, name))?.name;
    expect(groupOf('react')).toMatch(/^react/);
    expect(groupOf('react-dom')).toBe(groupOf('react'));
    for (const name of Object.keys(devDependencies)) expect(groupOf(name), name).toBeDefined();
  });

  /** In the order of the file: Dependabot uses the first group that matches. */
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
