import { compareVersions } from './releases';

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
