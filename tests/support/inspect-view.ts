import { axeViolations } from './axe';
import { layoutShift, shapeProblems, tabMeetsSkipLink } from './shape';
import type { Stage } from './stage';
import type { View } from './views';
import { mend, type Visit, visit } from './visit';

/** A phone, a desk; and what is left of 1280 pixels at a zoom of 400 % (WCAG 2.2, 1.4.10). */
const [PHONE, DESK, NARROW] = [390, 1440, 320];
/** Each theme once: what stands where has been measured in all widths, and colours know no width. */
const LOOKS = [
  { width: PHONE, colorScheme: 'light' },
  { width: DESK, colorScheme: 'dark' },
] as const;

/** What a view is called, and where it is: its path and status. */
export interface Place {
  readonly title: string;
  readonly place: string;
}

const sized = (width: number) => ({ viewport: { width, height: 900 } });

/**
 * Opens a view and looks for everything that keeps people out, and for all that the browser says.
 *
 * @param stage from `setStage`
 * @param view which
 * @returns all that is wrong in all sizes and colours, so that one run tells it all; and where it is
 */
export async function inspectView(
  stage: Stage,
  view: View,
): Promise<Place & { problems: string[] }> {
  return visit(stage, view, sized(PHONE), async (seen) => ({
    problems: [...(await loadProblems(stage, seen)), ...(await inspect(seen))],
    title: await seen.page.title(),
    place: `${new URL(seen.page.url()).pathname} ${view.status}`,
  })).finally(() => mend(stage, view));
}

/**
 * What is wrong with how a view comes. A document that arrives in pieces may be painted in pieces, on
 * a busy machine: what moves is looked at a second time, and is the page's doing if it moves again.
 *
 * @param stage from `setStage`
 * @param seen the view, just opened
 */
export async function loadProblems(
  stage: Stage,
  { page, complaints, view }: Visit,
): Promise<string[]> {
  const problems = (await complaints()).filter((line) => !isExpected(line, view));
  if (view.replaces || (await layoutShift(page)).sum === 0) return problems;
  const { width = 0 } = page.viewportSize() ?? {};
  const { sum, moved } = await visit(stage, view, sized(width), (seen) => layoutShift(seen.page));
  if (sum > 0) problems.push(`at ${width} the layout moves by ${sum}: ${moved.join(', ')}`);
  return problems;
}

async function inspect({ page, view }: Visit): Promise<string[]> {
  const problems: string[] = [];
  const note = (where: string, found: string[]) =>
    problems.push(...found.map((problem) => `${problem} (${where})`));
  for (const { width, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    note(`${width} ${colorScheme}`, await shapeProblems(page));
    note(`${width} ${colorScheme}`, await axeViolations(page));
  }
  await page.setViewportSize({ width: NARROW, height: 900 });
  note(`${NARROW}`, await shapeProblems(page));
  if (view.kind === 'page' && !view.replaces && !(await tabMeetsSkipLink(page))) {
    problems.push('the first thing that Tab meets is no link to the content');
  }
  return problems;
}

/** React's own line for an error on the server, which it tells everybody by number only. */
function isExpected(line: string, view: View): boolean {
  return view.status === 500 && /Minified React error #441;/.test(line);
}
