import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run } from '@/tools/setup/child.js';
import type { Block } from './blocks';

/** The content of Next's next-env.d.ts. */
const NEXT = '/// <reference types="next" />\n/// <reference types="next/image-types/global" />\n';

/**
 * Type-checks blocks of code together, each as a module of this project, with the project's settings.
 *
 * @param blocks in `ts` or `tsx`
 * @returns the compiler's output, with the document and line in each file name; empty if there are no errors
 */
export async function typeErrors(blocks: readonly Block[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  try {
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
    for (const { at, text, note, language } of blocks) {
      const before = note?.kind === 'with' ? `${note.value}\n` : '';
      const name = `${at.replaceAll(/[^\w]/g, '-')}.${language}`;
      writeFileSync(join(folder, name), `${before}${text}\nexport {};\n`);
    }
    writeFileSync(join(folder, 'next.d.ts'), NEXT);
    const config = {
      extends: resolve('tsconfig.json'),
      compilerOptions: {
        incremental: false,
        typeRoots: [resolve('node_modules/@types')],
        paths: { '@/*': [`${resolve('.')}/*`] },
      },
      include: [`${folder}/*.ts`, `${folder}/*.tsx`, resolve('lib/cognito/get-site.ts')],
      exclude: [],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const { ok, output } = await run(process.execPath, [
      'node_modules/typescript/bin/tsc',
      '-p',
      folder,
    ]);
    return ok ? '' : output;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
