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

  test('has the lines of code that are neither empty nor comment alone', () => {
    expect(code).toBe(10);
  });

  test('has its functions, by their names, each with its own branches', () => {
    expect(functions.map(({ name, lines, branches }) => [name, lines, branches])).toEqual([
      ['(arrow)', 1, 1],
      ['f', 6, 3],
      ['g', 1, 0],
    ]);
  });

  test('has each module once, and the names that it exports', () => {
    expect(imports).toEqual(['./a', './b']);
    expect(exports).toEqual(['a', 'B', 'f', 'g']);
  });

  test('is refused where it is no TypeScript', () => {
    expect(() => measure('x.ts', 'const =')).toThrow('x.ts');
  });
});
