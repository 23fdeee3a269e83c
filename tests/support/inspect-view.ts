import {
  axeViolations,
  controlProblems,
  layoutShift,
  shapeProblems,
  tabMeetsSkipLink,
} from './page-problems';
import type { Stage } from './stage';
import type { View } from './views';
import { endFault, type Visit, visit } from './visit';

/** A phone, a desktop, narrow phones, and a width of 1280 pixels at a zoom of 400 % (WCAG 2.2, 1.4.10). */
const [PHONE, DESK] = [390, 1440];
const NARROW = [378, 360, 320];
/** Each theme once: the layout is the same in both themes, and colors are the same at all widths. */
const LOOKS = [
  { width: PHONE, colorScheme: 'light' },
  { width: DESK, colorScheme: 'dark' },
] as const;

/** The title of a view, and its path and status. */
export interface Place {
  readonly title: string;
  readonly place: string;
}

const sized = (width: number) => ({ viewport: { width, height: 900 } });

/**
 * Opens a view and looks for accessibility problems and browser messages.
 *
 * @param stage from `setStage`
 * @param view the view to open
 * @returns the problems in all sizes and colors, with the view's title, path and status
 */
export async function inspectView(
  stage: Stage,
  view: View,
): Promise<Place & { problems: string[] }> {
  return visit(stage, view, sized(PHONE), async (seen) => ({
    problems: [...(await loadProblems(stage, seen)), ...(await inspect(seen))],
    title: await seen.page.title(),
    place: `${new URL(seen.page.url()).pathname} ${view.status}`,
  })).finally(() => endFault(stage, view));
}

/**
 * Looks for problems while a view loads. On a busy machine, a document may arrive and be painted in
 * pieces. So if the layout shifts, this opens the view again and reports the shift only if it repeats.
 *
 * @param stage from `setStage`
 * @param seen the view, just opened
 * @returns a sentence for each problem
 */
export async function loadProblems(
  stage: Stage,
  { page, complaints, view }: Visit,
): Promise<string[]> {
  const problems = (await complaints()).filter((line) => !isExpected(line, view));
  if (view.replaces || (await layoutShift(page)).sum === 0) return problems;
  const { width = 0 } = page.viewportSize() ?? {};
  const { sum, moved } = await visit(stage, view, sized(width), (seen) => layoutShift(seen.page));
  if (sum > 0) problems.push(`at width ${width} the layout shifts by ${sum}: ${moved.join(', ')}`);
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
  for (const width of NARROW) {
    await page.setViewportSize({ width, height: 900 });
    note(`${width}`, await page.evaluate(controlProblems));
  }
  note('320', await shapeProblems(page));
  if (view.kind === 'page' && !view.replaces && !(await tabMeetsSkipLink(page))) {
    problems.push('the first element that Tab focuses is not a link to the main content');
  }
  return problems;
}

/** React logs this line in the browser for an error on the server. Production builds have only a number. */
function isExpected(line: string, view: View): boolean {
  return view.status === 500 && /Minified React error #441;/.test(line);
}
