/** The pages that stand alone, in every state, and the local pool's: no cloner edits those. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectView } from '@/tests/support/inspect-view';
import { type Stage, setStage } from '@/tests/support/stage';
import { VIEWS } from '@/tests/support/views';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

/** Titles of the views that were looked at, each with the places that have it. */
const titles = new Map<string, Set<string>>();

test.each(VIEWS.filter(({ kind }) => kind !== 'page'))('$name', async (view) => {
  const { problems, title, place } = await inspectView(stage, view);
  titles.set(title, (titles.get(title) ?? new Set()).add(place));
  expect(problems).toEqual([]);
});

test('every title says where one is: no two places share one', () => {
  const shared = [...titles].filter(([, places]) => places.size > 1);
  expect(shared.map(([title, places]) => `${title}: ${[...places].join(', ')}`)).toEqual([]);
});
