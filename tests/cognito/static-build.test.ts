import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { THEME_SCRIPT } from '@/lib/theme';
import { leaveOutInstrumentation } from '../../tools/setup/static-pages/instrumentation';
import { hashScripts, staticPagesOf, writePages } from '../../tools/setup/static-pages/pages';

const START = '(self.__next_f=self.__next_f||[]).push([0])';
const CHUNKS =
  '(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({"otherChunks":[]});';
const DATA = '1:"$Sreact.fragment"\n2:["$","p",null,{"children":"</"}]\n';
const push = (text: string) =>
  `self.__next_f.push(${JSON.stringify([1, text]).replaceAll('</', '<\\u002f')})`;
const page = (...scripts: string[]) =>
  `<html><head><script src="/a.js" async=""></script></head><body>${scripts.map((script) => `<script>${script}</script>`).join('')}</body></html>`;
const SCRIPTS = [THEME_SCRIPT, CHUNKS, START, push(DATA.slice(0, 9)), push(DATA.slice(9))];
const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the inline scripts of a page', () => {
  test('are hashed if they are Next’s own, with the page’s own data', () => {
    const hashes = SCRIPTS.map(sha256);
    expect(hashScripts(page(...SCRIPTS), DATA)).toEqual({ ok: true, hashes });
  });

  test.each([
    ['in the content', 'alert(1)'],
    ['after Next’s own', `${START};alert(1)`],
    ['in the shape of data, which is not the page’s', push('3:"evil"')],
    ['around data', `${push(DATA)};alert(1)//"])`],
    ['in the shape of a list of chunks', CHUNKS],
    ['in a list of chunks', CHUNKS.replace('{"', '{x:alert(1),"')],
    ['that only looks empty', ' '],
  ])('are not trusted if one is %s', (_, script) => {
    for (const scripts of [
      [...SCRIPTS, script],
      [SCRIPTS[0] ?? '', CHUNKS, script, ...SCRIPTS.slice(2)],
    ]) {
      expect(hashScripts(page(...scripts), DATA)).toMatchObject({ ok: false });
    }
  });

  test('are not trusted if some of the data is missing', () => {
    expect(hashScripts(page(...SCRIPTS.slice(0, -1)), DATA)).toMatchObject({ ok: false });
  });

  test('may have another type, which browsers do not run; a module is refused', () => {
    const json = '<script type="application/ld+json">{"@type":"Article"}</script>';
    expect(hashScripts(page(...SCRIPTS) + json, DATA)).toMatchObject({ ok: true });
    const module = '<SCRIPT type="module">alert(1)</SCRIPT >';
    expect(hashScripts(page(...SCRIPTS) + module, DATA)).toMatchObject({ ok: false });
  });
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'static-pages-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the copy of instrumentation.ts in the Edge middleware', () => {
  const RETURN = "  if (process.env.NEXT_RUNTIME !== 'nodejs') return;";
  const FUNCTION = 'export async function register(): Promise<void> {';
  const EMPTY = `/** Runs once. */\n${FUNCTION}\n${RETURN}\n\n  await start();\n}\n`;
  const COPY = ['server/edge/copy.js', 'server/edge/loader-of-copy.js'];
  const OWN = ['server/edge/own.js', 'server/edge/loader.js'];
  const MANIFEST = 'middleware-manifest.json';
  const write = (file: string, content: object) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), JSON.stringify(content));
  };
  const middleware = (files: readonly string[]) => ({ middleware: { '/': { files, page: '/' } } });
  const filesOf = (place: string) =>
    JSON.parse(readFileSync(join(folder, place, MANIFEST), 'utf8')).middleware['/'].files;

  /** What Next writes about an Edge middleware with instrumentation. */
  function build(joined: readonly string[] = [...COPY, ...OWN], place = 'server'): void {
    write(`server/instrumentation/${MANIFEST}`, { instrumentation: { files: COPY } });
    write(`server/middleware/${MANIFEST}`, middleware(OWN));
    write(`server/${MANIFEST}`, middleware([...COPY, ...OWN]));
    write(`${place}/${MANIFEST}`, middleware(joined));
  }

  test.each(['server', 'standalone/.next/server', 'standalone/site/.next/server'])(
    'is left out if it does nothing there (%s)',
    (place) => {
      build([...COPY, ...OWN], place);
      expect(leaveOutInstrumentation(folder, EMPTY)).toBe('left out');
      expect(filesOf('server')).toEqual(OWN);
      expect(filesOf(place)).toEqual(OWN);
    },
  );

  test.each([
    ['has no early return', EMPTY.replace(RETURN, '')],
    ['returns early on Node instead', EMPTY.replace('!==', '===')],
    ['imports something', `import './tracing';\n${EMPTY}`],
    ['exports something more', `${EMPTY}\nexport const onRequestError = report;\n`],
    ['does something before', `start();\n${EMPTY}`],
    ['does something afterwards', `${EMPTY}start();\n`],
    ['is in a file that is not there', undefined],
  ])('stays if it %s', (_, source) => {
    build();
    expect(leaveOutInstrumentation(folder, source)).toBe('kept');
    expect(filesOf('server')).toEqual([...COPY, ...OWN]);
  });

  test.each([
    ['in another order', [...OWN, ...COPY]],
    ['with a file that both need', [COPY[0] ?? '', ...OWN]],
    ['with one more', [...COPY, ...OWN, 'server/edge/more.js']],
  ])('stays if Next lists the files of the middleware %s', (_, joined) => {
    for (const place of ['server', 'standalone/.next/server']) {
      build(joined, place);
      expect(leaveOutInstrumentation(folder, EMPTY)).toBe('kept');
      expect(filesOf(place)).toEqual(joined);
    }
  });

  test('is not in a proxy, which runs on Node, nor in a site without instrumentation', () => {
    build();
    write(`server/${MANIFEST}`, { middleware: {} });
    expect(leaveOutInstrumentation(folder, EMPTY)).toBe(undefined);
    build();
    write(`server/instrumentation/${MANIFEST}`, { instrumentation: null });
    expect(leaveOutInstrumentation(folder, undefined)).toBe(undefined);
  });
});

describe('the hashes', () => {
  const PAGES = [
    { path: '/', hashes: ["'sha256-a'"] },
    { path: '/about', hashes: ["'sha256-b'", "'sha256-c'"] },
  ];
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };

  test.each([
    ['a build', 'server/edge/chunks/a.js'],
    ['a build for the image', 'standalone/.next/server/chunks/a.js'],
    ['what Vercel’s adapter has collected', 'output/functions/_middleware.func/index.js'],
  ])('are written into the middleware of %s', (_, file) => {
    write(file, 'const a="static-pages-of-this-build";');
    write('server/b.js', 'const b=1;');
    expect(writePages(folder, PAGES)).toEqual([join(folder, file)]);
    const text = `const a="/>'sha256-a'|/about>'sha256-b' 'sha256-c'";`;
    expect(readFileSync(join(folder, file), 'utf8')).toBe(text);
  });

  test('change what Vercel’s adapter says about a file: Vercel may keep a function whose files are the same', () => {
    const config = 'output/functions/_middleware.func/.vc-config.json';
    const proxy = 'site/.next/server/chunks/a.js';
    const fileHashes = { [proxy]: '0a1b', 'site/.next/server/chunks/b.js': '2c3d' };
    write(config, JSON.stringify({ runtime: 'nodejs24.x', fileHashes }));
    write('output/functions/edge.func/.vc-config.json', '{"runtime":"edge"}');
    const hash = (pages: typeof PAGES) => {
      write('server/chunks/a.js', 'const a="static-pages-of-this-build";');
      writePages(folder, pages);
      const found = JSON.parse(readFileSync(join(folder, config), 'utf8'));
      expect(found).toEqual({
        runtime: 'nodejs24.x',
        fileHashes: { ...fileHashes, [proxy]: expect.stringMatching(/^[0-9a-f]{64}$/) },
      });
      return found.fileHashes[proxy];
    };
    expect(hash(PAGES)).not.toBe(hash(PAGES.slice(1)));
    expect(hash(PAGES)).toBe(hash(PAGES));
  });
});

describe('the build is refused, with what to do,', () => {
  const ACCESS = { publicPages: [], publicFiles: [], groupPages: {}, recentSignInPages: {} };

  /** Writes what Next writes about pages: their route, and the manifest's fields that differ. */
  function build(pages: Record<string, object>, dynamicRoutes = {}, place = 'server/app'): void {
    const routes: Record<string, object> = {};
    for (const [path, fields] of Object.entries(pages)) {
      routes[path] = { srcRoute: path, initialRevalidateSeconds: false, ...fields };
      const file = join(folder, place, path === '/' ? 'index' : path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.html`, page(...SCRIPTS));
      writeFileSync(`${file}.rsc`, DATA);
    }
    const manifest = JSON.stringify({ routes, dynamicRoutes });
    writeFileSync(join(folder, 'prerender-manifest.json'), manifest);
  }
  const found = (staticPages: string[], rest = {}) =>
    staticPagesOf(folder, { ...ACCESS, staticPages, ...rest });

  test('never if each static page is listed; paths are as browsers send them', () => {
    const posts = { srcRoute: '/blog/[slug]' };
    build(
      { '/': {}, '/blog/über': posts, '/_global-error': {} },
      { '/blog/[slug]': { fallback: false } },
    );
    const { pages, problems } = found(['/', '/blog/[slug]']);
    expect(problems).toEqual([]);
    expect(pages.map(({ path }) => path)).toEqual(['/', '/blog/%C3%BCber']);
    expect(pages[0]?.hashes).toEqual(SCRIPTS.map(sha256));
  });

  test('never if Next keeps the same pages where an adapter, such as Vercel’s, reads them', () => {
    const place = 'server/route-cache/APP_PAGE/0a1b/$';
    build({ '/': {}, '/blog/a': { srcRoute: '/blog/[slug]' } }, {}, place);
    const { pages, problems } = found(['/', '/blog/[slug]']);
    expect(problems).toEqual([]);
    expect(pages.map(({ path }) => path)).toEqual(['/', '/blog/a']);
    expect(found([]).problems).toHaveLength(2);
  });

  test('if a listed page is rendered per request', () => {
    build({});
    expect(found(['/about']).problems).toEqual([
      expect.stringMatching(/"\/about" in staticPages .*force-static/),
    ]);
  });

  test('if a static page is not listed: its scripts would not run', () => {
    build({ '/about': {} });
    expect(found([]).problems).toEqual([expect.stringMatching(/^\/about .*list it/)]);
  });

  test('if a page would be rendered again, or for other parameters later', () => {
    build({ '/about': { initialRevalidateSeconds: 60 } });
    expect(found(['/about']).problems).toEqual([expect.stringMatching(/revalidate/)]);
    build({ '/blog/a': { srcRoute: '/blog/[slug]' } }, { '/blog/[slug]': { fallback: null } });
    expect(found(['/blog/[slug]']).problems).toEqual([expect.stringMatching(/dynamicParams/)]);
  });

  test('if a page is restricted, or a file as well', () => {
    build({ '/admin/a.b': {} });
    const groupPages = { '/admin': 'admin' };
    expect(found(['/admin/a.b'], { groupPages }).problems).toEqual([
      expect.stringMatching(/restrict it/),
    ]);
    const publicFiles = ['/admin/[...path]'];
    expect(found(['/admin/a.b'], { publicFiles }).problems).toEqual([
      expect.stringMatching(/publicFiles/),
    ]);
  });

  test('if a page has a script that is not Next’s', () => {
    build({ '/about': {} });
    writeFileSync(join(folder, 'server/app/about.html'), page(...SCRIPTS, 'alert(1)'));
    expect(found(['/about']).problems).toEqual([
      expect.stringMatching(/alert\(1\).*client component/),
    ]);
  });
});
