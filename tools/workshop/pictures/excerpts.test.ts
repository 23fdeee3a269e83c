// demo
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cutAll } from '@/app/source/cut';
import { excerpt } from '@/app/source/excerpt';
import excerpts from '@/app/source/excerpts.json';
import { PROOFS, STEPS } from '@/app/source/wanted';

const WANTED = [...STEPS, ...PROOFS];
const text = (file: string) => readFileSync(file, 'utf8');

test('the page shows the code that runs; if not: npm run --prefix tools/workshop excerpts', () => {
  expect(excerpts, 'run: npm run --prefix tools/workshop excerpts').toEqual(cutAll(WANTED, text));
});

test('each excerpt is short, and is at the lines that its link names', () => {
  expect(new Set(WANTED.map(({ id }) => id)).size).toBe(WANTED.length);
  for (const { id, file, from, to, code } of excerpts) {
    expect(to - from, id).toBeLessThan(90);
    const lines = text(file)
      .split('\n')
      .slice(from - 1, to);
    expect(lines.map((line) => line.trim())).toEqual(code.split('\n').map((line) => line.trim()));
  }
  const { from, to } = cutAll(STEPS, text).find(({ id }) => id === 'verify') ?? {};
  expect(excerpt('verify')).toEqual({
    href: '/source#verify',
    label: `lib/cognito/protocol/verify.ts, lines ${from}-${to}`,
  });
});

describe('an excerpt is cut', () => {
  const cut = (source: string, start: string) =>
    cutAll([{ id: 'x', title: 'x', file: 'x.ts', start }], () => source)[0];

  test('from its comment to its last bracket, past those that only close the parameters', () => {
    const source =
      'const a = 1;\n\n/**\n * What it does.\n */\nfunction f(\n  a: number,\n): string {\n  return String(a);\n}\n\nfunction g() {}\n';
    expect(cut(source, 'function f(')).toMatchObject({ from: 3, to: 10 });
  });

  test('without the indentation of its file', () => {
    const source = "describe('x', () => {\n  // Why.\n  test('y', () => {\n    z();\n  });\n});\n";
    expect(cut(source, "test('y'")?.code).toBe("// Why.\ntest('y', () => {\n  z();\n});");
  });

  test('only if its start occurs exactly once', () => {
    expect(() => cut('f();\nf();\n', 'f(')).toThrow('2 times in x.ts');
    expect(() => cut('g();\n', 'f(')).toThrow('0 times in x.ts');
    expect(() => cut('f(\n', 'f(')).toThrow('no end');
  });
});
// /demo
