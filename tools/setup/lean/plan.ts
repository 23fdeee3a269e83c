import { dirname, join } from 'node:path/posix';
import { neededBy } from './imports';
import { unusedPackages, withoutLocked, withoutPackages } from './packages';
import { DOCUMENTS, GOING, README, SCRIPTS, SKELETON, SUPPORT } from './parts';
import { withoutScripts } from './scripts';
import { withoutTemplate } from './texts';

/** The changes that make a project lean. */
export interface LeanPlan {
  readonly gone: readonly string[];
  /** Changed files, with their new text. */
  readonly changed: ReadonlyMap<string, string>;
  /** The owner's own files where the template's would be removed or replaced. They stay as they are. */
  readonly kept: readonly string[];
  /** Scripts of any `package.json`, and packages, that nothing uses any more. */
  readonly unused: readonly string[];
}

/** The project as it is, without the demo. */
export interface Project {
  /** The paths of all files. */
  readonly files: readonly string[];
  /** Returns the text of a file. */
  read(file: string): string;
  /** Whether the owner has added this file. */
  isOwn(file: string): boolean;
  /** Fills in the placeholders of the new README. */
  fill(skeleton: string): string;
}

/**
 * Plans what to remove.
 *
 * @param project the project
 * @throws Error if the marks in a file don't match
 */
export function planLean(project: Project): LeanPlan {
  const { files, read } = project;
  const { gone, kept, texts } = sorted(project);
  const staying = [...texts.keys()];
  const unused: string[] = [];
  const change = (file: string, edit: (text: string) => string) =>
    texts.set(file, edit(texts.get(file) ?? read(file)));

  for (const file of staying.filter((each) => /(^|\/)package\.json$/.test(each))) {
    change(file, (text) => {
      const isGone = (word: string, name: string) =>
        SCRIPTS[file]?.includes(name) === true || gone.has(join(dirname(file), word));
      const found = withoutScripts(text, isGone);
      unused.push(...found.names.map((name) => `npm run ${name}`));
      return found.text;
    });
  }
  const code = (list: Iterable<string>) => [...list].filter((file) => /\.(tsx?|js)$/.test(file));
  const packages = unusedPackages(
    read('package.json'),
    code(gone).map(read),
    code(staying).map(read),
  );
  change('package.json', (text) => withoutPackages(text, packages));
  change('package-lock.json', (text) => withoutLocked(text, packages));

  const changed = [...texts].filter(([file, text]) => text !== read(file));
  return {
    gone: files.filter((file) => gone.has(file)),
    changed: new Map(changed),
    kept,
    unused: [...unused, ...packages],
  };
}

/** Sorts the files: what goes, what the owner keeps although it is listed, and the new texts of what stays. */
function sorted({ files, read, isOwn, fill }: Project) {
  const hasOwnText = (file: string) => {
    const sentence = DOCUMENTS.get(file);
    return sentence !== undefined && !read(file).includes(sentence);
  };
  const isListed = (file: string) =>
    (DOCUMENTS.has(file) && file !== README) || GOING.some((part) => part.test(file));
  const kept = files.filter((file) => hasOwnText(file) || (isListed(file) && isOwn(file)));
  const isKept = new Set(kept);
  const stays = files.filter((file) => isKept.has(file) || !isListed(file));

  const texts = new Map(
    stays.filter(isText).map((file) => {
      if (isKept.has(file)) return [file, read(file)];
      return [file, file === README ? fill(read(SKELETON)) : withoutTemplate(read(file), file)];
    }),
  );
  const roots = stays.filter((file) => texts.has(file) && (isOwn(file) || !SUPPORT.test(file)));
  const needed = neededBy(roots, new Set(files), (file) => texts.get(file) ?? read(file));
  const isNeeded = (file: string) => needed.has(file) || isOwn(file);
  const gone = new Set(
    files.filter((file) => (SUPPORT.test(file) ? !isNeeded(file) : !stays.includes(file))),
  );
  for (const file of gone) texts.delete(file);
  return { gone, kept, texts };
}

function isText(file: string): boolean {
  return !/\.(png|ico|webp|woff2)$/.test(file);
}
