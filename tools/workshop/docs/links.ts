import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { prose } from './blocks';

/**
 * Finds the links and images of a document whose file or heading does not exist. Links to other sites are not
 * checked.
 *
 * @param file the document
 * @returns the targets, as written
 */
export function brokenLinks(file: string): string[] {
  const text = prose(readFileSync(file, 'utf8'));
  const inText = text.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)|\b(?:src|srcset|href)="([^"]+)"/g);
  const targets = [...inText].map(([, link, attribute]) => link ?? attribute ?? '');
  return targets.filter((target) => !/^(https?|mailto):/.test(target) && !leads(file, target));
}

function leads(from: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from : join(dirname(from), decodeURIComponent(path));
  if (!existsSync(file)) return false;
  if (anchor === undefined) return true;
  // Only GitHub knows the line anchors of code.
  return file.endsWith('.md') && anchorsOf(readFileSync(file, 'utf8')).includes(anchor);
}

/** The anchors that GitHub generates for headings; a second heading with the same text gets `-1`. */
function anchorsOf(text: string): string[] {
  const count = new Map<string, number>();
  return [...prose(text).matchAll(/^#{1,6} +(.+?)\s*$/gm)].map(([, heading = '']) => {
    const words = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '');
    const anchor = words.replaceAll(/\s/g, '-');
    const before = count.get(anchor) ?? 0;
    count.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}
