import { withoutMarked } from './marks';

/** Files that can have marked lines. JSON has no comments. */
const MARKED = /\.(tsx?|js|css|md|ya?ml)$|(^|\/)(\.\w+ignore|Dockerfile)$/;
/** A line of a comment that only refers to a document. */
const REFERENCE = /^ *(\/\/|\*) See docs\/[\w./-]+\.\n/gm;
/** Tells the template's tests how to check the next block. */
const NOTE = /^<!-- (from|with|file|checked by): .* -->\n/gm;

/** Edits of single files. */
const EDITS: Readonly<Record<string, (text: string) => string>> = {
  '.github/workflows/ci.yml': (text) => text.replace('bash .ci/run', 'npm test'),
  'docs/threat-model.md': withoutLastColumn,
  'biome.json': withoutOverrides,
  'tsconfig.json': (text) => text.replace(', "tools/workshop"', ''),
};

/**
 * Removes from a file what a lean copy doesn't have: lines that are marked with `template-only`, and references to
 * documents and tests that go.
 *
 * @param text the text of a file
 * @param file its path
 * @returns the rest; the same text if it has nothing of that kind
 * @throws Error if the marks don't match
 */
export function withoutTemplate(text: string, file: string): string {
  const edited = EDITS[file]?.(text) ?? text;
  if (!MARKED.test(file)) return edited;
  const rest = withoutMarked(edited, file, 'template-only');
  return rest.replace(file.endsWith('.md') ? NOTE : REFERENCE, '');
}

/** The last column names the tests. */
function withoutLastColumn(text: string): string {
  return text.replace(/^(\|.*\|.*\|).*\|$/gm, '$1');
}

function withoutOverrides(text: string): string {
  const config = JSON.parse(text);
  const others = (config.overrides ?? []).flatMap((each: { includes?: string[] }) => {
    const includes = each.includes?.filter((path) => !path.startsWith('tools/workshop/'));
    return includes?.length === 0 ? [] : [{ ...each, ...(includes ? { includes } : {}) }];
  });
  return `${JSON.stringify({ ...config, overrides: others }, null, 2)}\n`;
}
