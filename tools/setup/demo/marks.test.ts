import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { planRemoval, REPLACED } from '@/tools/setup/demo/plan';
import { withoutMarked } from '@/tools/setup/lean/marks';

const without = (...lines: string[]) =>
  withoutMarked(lines.join('\n'), 'a file', 'demo').split('\n');

test.each([
  ["  '/flow', // demo", 'a line of code'],
  ['  .hero { margin: 0 } /* demo */', 'a rule'],
  ['| `npm run demo:remove` | writes them | <!-- demo -->', 'a row'],
])('%s is removed: %s', (line) => {
  expect(without('before', line, 'after')).toEqual(['before', 'after']);
});

test('a block is removed with its marks, and with one of the two empty lines around it', () => {
  const block = ['<!-- demo -->', '## Heading', '', 'Words.', '<!-- /demo -->'];
  expect(without('before', '', ...block, '', 'after')).toEqual(['before', '', 'after']);
  expect(without('{', '  // demo', '  a,', '  // /demo', '}')).toEqual(['{', '}']);
});

test.each(['// demonstrates it', "const demo = 'demo';", '`// demo` is the mark', 'a demo'])(
  '%s stays',
  (line) => {
    expect(without('before', line, 'after')).toEqual(['before', line, 'after']);
  },
);

test('a block that is not closed is an error', () => {
  expect(() => without('// demo', 'a', 'b')).toThrow('not closed in a file');
  expect(() => without('a', '// /demo')).toThrow('a file');
  expect(() => without('// demo', '// demo', '// /demo')).toThrow('a file');
});

describe('a repository with changes of its own', () => {
  const plan = (files: Record<string, string>) =>
    planRemoval(['package.json', ...Object.keys(files)], (file) => files[file] ?? MANIFEST);
  const MANIFEST = '{ "scripts": { "test": "node tools/test/run.js" } }';

  test.each([...REPLACED.keys()])('keeps its own %s', (page) => {
    const own = "import { PageShell } from '@/app/_components/page-shell';\n";
    const { gone, changed } = plan({ [page]: own, 'app/flow/page.tsx': '' });
    expect([...changed.keys()]).toEqual([]);
    expect(gone).toEqual([{ part: 'app/flow', files: 1 }]);
  });

  test.each([...REPLACED])('gets a simpler %s, from %s', (page, skeleton) => {
    const text = readFileSync(page, 'utf8');
    const { changed } = plan({ [page]: text, [skeleton]: 'simpler' });
    expect(changed.get(page)).toBe('simpler');
  });

  test('loses files that are marked as a whole, and the scripts that run a removed file', () => {
    const manifest = { scripts: { cut: 'node start.js cut.js', test: 'node --test' } };
    const { gone, changed, scripts } = plan({
      'tools/package.json': JSON.stringify(manifest),
      'tools/cut.js': '// demo\ncut();\n// /demo\n',
    });
    expect(gone).toEqual([{ part: 'tools/cut.js', files: 1 }]);
    expect(scripts).toEqual(['cut']);
    expect(JSON.parse(changed.get('tools/package.json') ?? '').scripts).toEqual({
      test: 'node --test',
    });
  });

  test('keeps the images that its documents still show', () => {
    const { gone } = plan({
      'README.md': '![a](docs/images/a.webp)\n![b](docs/images/b.webp) <!-- demo -->\n',
      'docs/images/a.webp': '',
      'docs/images/b.webp': '',
    });
    expect(gone).toEqual([{ part: 'docs/images/b.webp', files: 1 }]);
  });
});

test.each([
  ['--help', 0, 'Deletes the demo pages'],
  ['--hlep', 1, 'Nothing was changed'],
])('npm run demo:remove -- %s deletes nothing', async (option, code, text) => {
  const done = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'tools/setup/demo/remove.ts', option],
    {
      encoding: 'utf8',
    },
  );
  expect(done.status).toBe(code);
  expect(`${done.stdout}${done.stderr}`).toContain(text);
});
