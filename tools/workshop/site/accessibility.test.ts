/** The plain pages in every state, and the local pool's pages: a site built on this template doesn't edit them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectView } from '@/tests/support/inspect-view';
import { type Stage, setStage } from '@/tests/support/stage';
import { VIEWS } from '@/tests/support/views';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

/** The titles of the inspected views, each with the places that have it. */
const titles = new Map<string, Set<string>>();

test.each(VIEWS.filter(({ kind }) => kind !== 'page'))('$name', async (view) => {
  const { problems, title, place } = await inspectView(stage, view);
  titles.set(title, (titles.get(title) ?? new Set()).add(place));
  expect(problems).toEqual([]);
});

test('no two places have the same title', () => {
  const shared = [...titles].filter(([, places]) => places.size > 1);
  expect(shared.map(([title, places]) => `${title}: ${[...places].join(', ')}`)).toEqual([]);
});
