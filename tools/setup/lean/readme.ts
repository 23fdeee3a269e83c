import type { AccessList } from '@/lib/cognito/access/access-rules';
import type { Page } from '@/lib/site';

/** What the README of a lean copy says about its site. */
export interface Site {
  readonly name: string;
  readonly description: string;
  readonly pages: readonly Page[];
  readonly access: AccessList;
}

/**
 * Fills in the README of a lean copy.
 *
 * @param skeleton its text, with placeholders
 * @param site the name, the description and the pages
 */
export function filledIn(skeleton: string, site: Site): string {
  const rows = site.pages.map(
    ({ path, title }) => `| \`${path}\` | ${inCell(title)} | ${visitorsOf(path, site.access)} |`,
  );
  const values: Readonly<Record<string, string>> = {
    title: site.name,
    description: site.description,
    pages: rows.join('\n'),
  };
  return skeleton.replace(/\{\{(\w+)\}\}/g, (found, key: string) => values[key] ?? found);
}

function visitorsOf(path: string, access: AccessList): string {
  const group = Object.entries(access.groupPages).find(([page]) => page === path)?.[1];
  if (group !== undefined) return `members of the group \`${group}\``;
  const age = Object.entries(access.recentSignInPages).find(([page]) => page === path)?.[1];
  if (age !== undefined) return `users who signed in within the last ${inWords(age)}`;
  const open = [...access.publicPages, ...(access.staticPages ?? [])];
  return open.includes(path) ? 'anyone' : 'signed-in users';
}

function inWords(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`;
}

/** A bar would end the cell. */
function inCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
