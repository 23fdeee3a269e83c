import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../setup/child.js';
import { cleanEnv } from '../../test/steps.js';
import type { App, Layer } from './apps';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Next's command, from the bench's own packages. */
export const NEXT = join(HERE, 'node_modules/next/dist/bin/next');

/** The files that a site copies from this project to get its sign-in. */
const PROJECT = [
  'lib',
  'middleware.ts',
  'instrumentation.ts',
  'next.config.js',
  'app/login',
  'app/logout',
  'app/refresh',
  'app/api',
  'tools/setup',
];
/** The site itself. */
const SITE = [
  'app',
  'lib',
  'public',
  'middleware.ts',
  'instrumentation.ts',
  'next.config.js',
  'tools/setup',
];
/** Left out: no site imports it, and the bench doesn't have its packages. */
const LOCAL_POOL = join(ROOT, 'lib/local-pool');

/** The folder in which an app is built and run. */
export function folderOf(app: App): string {
  return join(HERE, '.build', app.name);
}

/**
 * Recreates an app's folder from its layers, with the project's current files.
 *
 * @param app which
 */
export function assemble(app: App): void {
  const folder = folderOf(app);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const layer of app.layers) lay(layer, folder);
  if (app.layers.includes('project')) openTheOpenPage(folder);
  if (app.layers.includes('site')) addPageOnRequest(folder, app);
  writeSettings(folder);
}

function lay(layer: Layer, folder: string): void {
  if (layer === 'shared') {
    cpSync(join(HERE, 'shared/app'), join(folder, 'app'), { recursive: true });
    cpSync(join(HERE, 'shared/pages.tsx'), join(folder, 'shared/pages.tsx'));
  } else if (layer === 'project' || layer === 'site') {
    for (const part of layer === 'site' ? SITE : PROJECT) {
      const filter = (path: string) => path !== LOCAL_POOL;
      cpSync(join(ROOT, part), join(folder, part), { recursive: true, filter });
    }
    renameSync(join(folder, 'next.config.js'), join(folder, 'next.config.own.js'));
  } else {
    cpSync(join(HERE, 'apps', layer), folder, { recursive: true });
  }
}

/** Adds the open page to the list of public pages, as the README describes. The app has no static page. */
function openTheOpenPage(folder: string): void {
  const file = 'lib/access.ts';
  replaceIn(folder, file, '  publicPages: [\n', "  publicPages: [\n    '/open',\n");
  replaceIn(folder, file, /^ {2}staticPages: \[[^\]]*\]/m, '  staticPages: []');
}

/** Adds a copy of the static page that is rendered for each request, as it would be without its entry in `staticPages`. */
function addPageOnRequest(folder: string, { paths: { static: from, sameOnRequest: to } }: App) {
  if (from === undefined || to === undefined) return;
  cpSync(join(folder, 'app', from), join(folder, 'app', to), { recursive: true });
  replaceIn(folder, `app${to}/page.tsx`, "'force-static'", "'force-dynamic'");
  replaceIn(folder, 'lib/access.ts', '  publicPages: [\n', `  publicPages: [\n    '${to}',\n`);
}

function replaceIn(folder: string, name: string, what: string | RegExp, by: string): void {
  const file = join(folder, name);
  const text = readFileSync(file, 'utf8');
  if (text.split(what).length !== 2) throw new Error(`${file} must have ${what} once.`);
  writeFileSync(file, text.replace(what, by));
}

function writeSettings(folder: string): void {
  // The root is the folder with the bench's packages. With a root further up, Next would find this
  // project's own middleware and use it in an app that has none.
  const root = JSON.stringify(HERE);
  const own = existsSync(join(folder, 'next.config.own.js'));
  const tsconfig = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));
  const files = {
    'package.json': '{ "private": true, "type": "module" }\n',
    'tsconfig.json': JSON.stringify({ ...tsconfig, exclude: ['node_modules'] }, null, 2),
    'next.config.js': `${own ? "import configuration from './next.config.own.js';\nconst own = configuration('phase-production-build');\n" : 'const own = {};\n'}
export default {
  ...own,
  turbopack: { root: ${root} },
  outputFileTracingRoot: ${root},
  // \`npm run --prefix tools/workshop bench\` has already checked the types.
  typescript: { ignoreBuildErrors: true },
};
`,
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}

/**
 * Builds an app for production.
 *
 * @param app already assembled
 * @param folder of its files
 * @param more variables for the build
 * @throws Error with Next's output
 */
export async function build(
  app: App,
  folder = folderOf(app),
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const env = { ...cleanEnv(process.env, false), ...more, NODE_ENV: 'production' as const };
  const steps = [[NEXT, 'build'], ...(app.caches ? lastSteps() : [])];
  for (const step of steps) {
    const { ok, output } = await run(process.execPath, step, { cwd: folder, env });
    if (!ok) throw new Error(`${app.name} does not build:\n${output}`);
  }
}

/** What this project's own `npm run build` does after `next build`. */
function lastSteps(): string[][] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const commands: string[] = [scripts.build, scripts.postbuild ?? ''].join(' && ').split(' && ');
  return commands.filter((one) => one.startsWith('node ')).map((one) => one.split(' ').slice(1));
}
