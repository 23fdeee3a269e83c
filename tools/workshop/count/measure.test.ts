import { describe, expect, test } from 'vitest';
import { measure } from './measure';

const TEXT = `/** What it is. */
import { a } from './a';
import type { B } from './b'; // why

export { a, type B } from './a';

/**
 * A comment.
 */
export function f(b: B): string {
  // Only a comment.
  if (b && a) return '// no comment';
  return [1].map((x) => (x ? 'y' : 'z')).join(\`
    still \${b ?? 'code'}
  \`);
}
export const g = () => 1;
`;

describe('a file', () => {
  const { code, functions, imports, exports } = measure('x.ts', TEXT);

  test('counts lines that are neither empty nor only a comment', () => {
    expect(code).toBe(10);
  });

  test('lists its functions by name, each with its own branches', () => {
    expect(functions.map(({ name, lines, branches }) => [name, lines, branches])).toEqual([
      ['(arrow)', 1, 1],
      ['f', 6, 3],
      ['g', 1, 0],
    ]);
  });

  test('lists each imported module once, and the exported names', () => {
    expect(imports).toEqual(['./a', './b']);
    expect(exports).toEqual(['a', 'B', 'f', 'g']);
  });

  test('is refused if it is not valid TypeScript', () => {
    expect(() => measure('x.ts', 'const =')).toThrow('x.ts');
  });
});
