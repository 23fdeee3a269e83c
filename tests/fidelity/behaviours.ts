import type { Behaviour } from './behaviour';
import { AUTHORIZE } from './rows/authorize';

/** A part of the table. */
export interface Chapter {
  readonly title: string;
  readonly rows: readonly Behaviour[];
}

/** Every behaviour of a user pool that a site can observe, in the order in which a sign-in meets it. */
export const CHAPTERS: readonly Chapter[] = [{ title: 'GET /oauth2/authorize', rows: AUTHORIZE }];

export const BEHAVIOURS: readonly Behaviour[] = CHAPTERS.flatMap(({ rows }) => rows);
