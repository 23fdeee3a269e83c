import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './init/files';
import type { Form } from './proxy/form';

/** The file that says which release of the template a project comes from, and what its owner chose. */
export const RECORD = '.template.json';

/** What the owner has chosen. A choice that is missing is the template's own. */
export interface Choices {
  /** The project's name, as in `package.json`. */
  readonly name?: string;
  readonly demo?: boolean;
  /** Without the workshop, and without the tests of code that owners don't edit. */
  readonly lean?: boolean;
  readonly middleware?: Form;
}

/** Where a project comes from. */
export interface TemplateRecord extends Partial<Start> {
  /** The release, such as `1.0.0`. */
  readonly version?: string;
  /** The template's git URL or path, from the last `npm run update`. */
  readonly source?: string;
  readonly choices: Choices;
}

/** What `npm run init` found, before it changed anything, or `npm run update` brought. */
export interface Start {
  /** The commit, 40 hexadecimal digits or more: the template's, or the first of a copy without history. */
  readonly commit: string;
  /** The commit's git tree, which a copy without history has in common with the template. */
  readonly tree: string;
}

const HASH = /^[0-9a-f]{40,64}$/;

/**
 * Reads the record.
 *
 * @param folder the project's folder
 * @returns a record without anything but choices if the file doesn't exist, as in copies of versions before 1.0.0
 * @throws SyntaxError if the file isn't JSON
 */
export function readRecord(folder = '.'): TemplateRecord {
  const path = join(folder, RECORD);
  return existsSync(path) ? parseRecord(readFileSync(path, 'utf8')) : { choices: {} };
}

/**
 * Parses a record. Unknown members and those of another type are dropped.
 *
 * @param text JSON
 * @throws SyntaxError if it isn't JSON
 */
export function parseRecord(text: string): TemplateRecord {
  const found: unknown = JSON.parse(text);
  const choices = member(found, 'choices');
  const name = member(choices, 'name');
  const form = member(choices, 'middleware');
  return {
    ...ifMatching('version', member(found, 'version'), /^\d+\.\d+\.\d+/),
    // Until `git archive` fills it in, it is a placeholder. https://git-scm.com/docs/gitattributes#_export_subst
    ...ifMatching('commit', member(found, 'commit'), HASH),
    ...ifMatching('tree', member(found, 'tree'), HASH),
    ...ifMatching('source', member(found, 'source'), /./),
    choices: {
      ...(typeof name === 'string' ? { name } : {}),
      ...ifBoolean('demo', member(choices, 'demo')),
      ...ifBoolean('lean', member(choices, 'lean')),
      ...(form === 'middleware' || form === 'proxy' ? { middleware: form } : {}),
    },
  };
}

/**
 * Writes the record.
 *
 * @param record the whole record
 * @param folder the project's folder
 */
export function writeRecord(record: TemplateRecord, folder = '.'): void {
  writeWhole(join(folder, RECORD), textOf(record));
}

/**
 * The record as a text.
 *
 * @param record the whole record
 */
export function textOf({ version, commit, tree, source, choices }: TemplateRecord): string {
  return `${JSON.stringify({ version, commit, tree, source, choices }, null, 2)}\n`;
}

/**
 * Records choices, and the first time also what they were made in.
 *
 * @param choices those that were made now
 * @param start what `startOf` returned before the first change
 */
export function recordChoices(choices: Choices, start: Start | undefined): void {
  const before = readRecord();
  writeRecord({
    ...(before.commit === undefined ? start : {}),
    ...before,
    choices: { ...before.choices, ...choices },
  });
}

/**
 * The last commit, and its tree: the whole repository's, or that of the project's folder in it.
 *
 * @returns undefined without git, or before the first commit
 */
export function startOf(): Start | undefined {
  const args = ['rev-parse', 'HEAD', 'HEAD:./'];
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' });
  const [commit, tree] = stdout.split('\n');
  return status === 0 && commit && tree ? { commit, tree } : undefined;
}

function member(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;
}

function ifMatching(name: string, value: unknown, pattern: RegExp) {
  return typeof value === 'string' && pattern.test(value) ? { [name]: value } : {};
}

function ifBoolean(name: string, value: unknown) {
  return typeof value === 'boolean' ? { [name]: value } : {};
}
