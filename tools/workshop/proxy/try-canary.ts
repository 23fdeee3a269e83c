// `npm run --prefix tools/workshop try:canary`: shows what the next version of Next.js would break here. In a copy with
// `next@canary`, it runs a build and the access tests for each form of the middleware, and then the unit tests.
// `-- --next 17.0.0` tries that version or tag.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run, stopOnSignals } from '../../setup/child.js';
import { progress } from '../../setup/progress.js';
import { formOf, moveTo } from '../../setup/proxy/form';
import { type Copy, copyRepository } from '../support/copy';

const NEXT = 'node_modules/next/dist/bin/next';
const STATIC_PAGES = ['node_modules/tsx/dist/cli.mjs', 'tools/setup/static-pages.ts'];
const VITEST = ['node_modules/vitest/vitest.mjs', 'run'];
const ACCESS = ['--project=site', 'site/access', 'site/sign-in', 'site/without-middleware'];
/** `--no-save` because tests read the copy's package.json and lock file. */
const INSTALL = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

stopOnSignals({ grace: 1500 });
const { values } = parseArgs({ options: { next: { type: 'string', default: 'canary' } } });
process.exitCode = await main(values.next);

/** @returns the exit code */
async function main(wanted: string): Promise<number> {
  const copy = copyRepository();
  if (!(await step(`installing next@${wanted}`, () => install(copy, wanted)))) {
    console.log(
      `npm couldn't install next@${wanted}, or that version doesn't exist. Nothing was tested.`,
    );
    return 1;
  }
  const next = versionOf(copy, 'next');
  const react = versionOf(copy, 'react');
  const failed: string[] = [];
  const also = async (name: string, args: readonly string[]): Promise<boolean> => {
    const ok = await step(name, () => copy.node(args));
    if (!ok) failed.push(name);
    return ok;
  };

  for (const form of ['middleware', 'proxy'] as const) {
    if (formOf(copy.folder) !== form) moveTo(form, copy.folder);
    const built = await also(`build with ${form}.ts`, [NEXT, 'build']);
    if (built && (await also(`static pages with ${form}.ts`, STATIC_PAGES))) {
      await also(`access tests with ${form}.ts`, [...VITEST, ...ACCESS]);
    }
  }
  await also('unit tests', [...VITEST, '--project=unit']);
  const outcome = failed.length === 0 ? 'everything passed' : `failed: ${failed.join(', ')}`;
  console.log(`\nNext ${next} with React ${react}: ${outcome}.`);
  return failed.length === 0 ? 0 : 1;
}

/** Installs React's canary too, but only if Next's canary requires it. */
async function install(
  { folder, env }: Copy,
  wanted: string,
): Promise<{ ok: boolean; output: string }> {
  const npm = (...packages: string[]) =>
    run('npm', ['install', ...INSTALL, ...packages], {
      cwd: folder,
      env,
      shell: process.platform === 'win32',
    });
  const first = await npm(`next@${wanted}`);
  if (first.ok || !first.output.includes('ERESOLVE')) return first;
  return await npm(`next@${wanted}`, 'react@canary', 'react-dom@canary');
}

async function step(
  name: string,
  work: () => Promise<{ ok: boolean; output: string }>,
): Promise<boolean> {
  const done = progress(name);
  const { ok, output } = await work();
  done(ok, ok ? 'passed' : 'failed');
  if (!ok) console.log(`\n${output.trim()}\n`);
  return ok;
}

function versionOf({ folder }: Copy, name: string): string {
  const text = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8');
  return String(JSON.parse(text).version);
}
