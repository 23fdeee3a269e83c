import { parseRecord, RECORD } from '../record';
import { type Answer, fromJson, git, type Place, textIn, tryGit, UpdateError } from './git';

/** A version of the template. */
export interface Release {
  /** What to call it: `1.1.0`, or a commit's first digits if the version has no tag. */
  readonly name: string;
  readonly version: string;
  readonly commit: string;
}

const VERSION = /^v?(\d+\.\d+\.\d+)$/;

/**
 * Fetches the template with all its history and tags.
 *
 * @param source a git URL, or a path
 * @param into the folder of the new bare repository
 * @throws UpdateError if git can't read the source
 */
export function fetchTemplate(source: string, into: string): Place {
  const { status, stderr } = tryGit({ folder: '.' }, [
    'clone',
    '--bare',
    '--quiet',
    '--',
    source,
    into,
  ]);
  const isShallow = ['rev-parse', '--is-shallow-repository'];
  if (status === 0 && git({ folder: into }, isShallow) === 'false') return { folder: into };
  // Its last commit would look like the one that the project comes from, and nothing like a newer release.
  if (status === 0)
    throw new UpdateError(
      'no-source',
      `${withoutPassword(source)} is a shallow clone, without the history that an update needs. Run \`git fetch --unshallow\` in it, or give the template's own address with --from.`,
    );
  throw new UpdateError(
    'no-source',
    `The template could not be fetched from ${withoutPassword(source)}:\n${withoutPassword(stderr.trim())}\nGive its git URL or path with --from.`,
  );
}

/**
 * An address as it may be printed and recorded.
 *
 * @param text an address, or a text that contains one
 */
export function withoutPassword(text: string): string {
  // With SSH, the part before a colon is the account, as in ssh://git@example.com. With HTTPS, it may be a token.
  return text.replace(/([a-z+]+:\/\/)([^/\s]*)@/gi, (_, scheme: string, login: string) =>
    /ssh/i.test(scheme) ? `${scheme}${login.replace(/:.*/, '')}@` : scheme,
  );
}

/**
 * The release to update to.
 *
 * @param template the template's repository
 * @param wanted a version, tag, branch or commit; otherwise the newest release. If the version on the default branch is
 *   newer than every tag, or if there are no tags, that is the default branch
 * @throws UpdateError if there is no such release
 */
export function releaseOf(template: Place, wanted?: string): Release {
  const tagged = tagsOf(template);
  if (wanted !== undefined) {
    const version = VERSION.exec(wanted)?.[1];
    const found =
      tagged.find((release) => release.version === version) ?? untagged(template, wanted);
    if (found) return found;
    const names = tagged.map(({ name }) => name).join(', ');
    throw new UpdateError(
      'no-release',
      `The template has no version ${wanted}. It has ${names || 'no releases'}.`,
    );
  }
  // A repository may name a default branch that it doesn't have.
  const head = untagged(template, 'HEAD') ?? untagged(template, 'main');
  const newest = tagged.at(-1);
  if (newest && (!head || compareVersions(newest.version, head.version) >= 0)) return newest;
  if (head) return head;
  throw new UpdateError('no-release', 'The template has no commits.');
}

function tagsOf(template: Place): Release[] {
  const refs = ['for-each-ref', '--format=%(refname:lstrip=2)', 'refs/tags'];
  const tags = git(template, refs).split('\n');
  const found = tags.flatMap((tag) => {
    const version = VERSION.exec(tag)?.[1];
    const commit = version && commitOf(template, `refs/tags/${tag}`);
    return commit ? [{ name: version, version, commit }] : [];
  });
  return found.sort((a, b) => compareVersions(a.version, b.version));
}

function untagged(template: Place, wanted: string): Release | undefined {
  const commit = commitOf(template, `refs/heads/${wanted}`) ?? commitOf(template, wanted);
  if (commit === undefined) return undefined;
  const version = versionAt(template, commit);
  return { name: `${version} (${commit.slice(0, 8)})`, version, commit };
}

function commitOf(place: Place, name: string): string | undefined {
  const answer: Answer = tryGit(place, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${name}^{commit}`,
  ]);
  return answer.status === 0 ? answer.stdout.trim() : undefined;
}

/**
 * The version that a commit of the template records.
 *
 * @returns `0.0.0` if it records none
 */
export function versionAt(template: Place, commit: string): string {
  const file = textIn(template, commit, RECORD) === undefined ? 'package.json' : RECORD;
  const text = textIn(template, commit, file) ?? '{}';
  const where = `The template's ${file} in its commit ${commit.slice(0, 8)}`;
  return fromJson(where, () => parseRecord(text)).version ?? '0.0.0';
}

/**
 * Compares two versions, such as `1.10.0` and `1.9.2`.
 *
 * @returns a number below zero if the first is older, above if it is newer
 */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [a, b].map((version) =>
    version.split('.').map((part) => Number.parseInt(part, 10)),
  );
  const difference = one
    ?.map((part, index) => part - (other?.[index] ?? 0))
    .find((each) => each !== 0);
  return difference ?? 0;
}

/** What one release says in `CHANGELOG.md`. */
export interface Notes {
  /** `1.1.0`, or `Unreleased`. */
  readonly version: string;
  /** What an owner must do by hand. */
  readonly byHand: readonly string[];
  /** Security fixes. */
  readonly security: readonly string[];
  /** Every line of the list, of all sections. */
  readonly all: readonly string[];
}

const RELEASE = /^## \[?(Unreleased|\d+\.\d+\.\d+)\]?/;
const UNRELEASED = 'Unreleased';

/**
 * Reads the releases between two versions from a changelog in the format of https://keepachangelog.com, with one more
 * section: `### By hand`.
 *
 * @param text the changelog of the new release
 * @param before the changelog of the release that the project comes from. What it already had is left out
 * @param from that release's version
 * @returns the notes, newest first
 */
export function notesBetween(text: string, before: string, from: string): Notes[] {
  const known = new Set(itemsIn(before));
  return releasesIn(text)
    .filter(({ version }) => version === UNRELEASED || compareVersions(version, from) >= 0)
    .map(({ version, body }) => {
      const section = (title: string) =>
        itemsIn(sectionOf(body, title)).filter((item) => !known.has(item));
      return {
        version,
        byHand: section('By hand'),
        security: section('Security'),
        all: itemsIn(body).filter((item) => !known.has(item)),
      };
    })
    .filter(({ all }) => all.length > 0);
}

function releasesIn(text: string): { version: string; body: string }[] {
  return text.split(/^(?=## )/m).flatMap((part) => {
    const version = RELEASE.exec(part)?.[1];
    return version === undefined ? [] : [{ version, body: part }];
  });
}

function sectionOf(body: string, title: string): string {
  return body.split(/^### /m).find((part) => part.startsWith(`${title}\n`)) ?? '';
}

/** The items of all lists, each on one line. */
function itemsIn(text: string): string[] {
  const found = text.match(/^- .*(?:\n {2}.*)*/gm) ?? [];
  return found.map((item) => item.slice(2).replace(/\s+/g, ' ').trim());
}
