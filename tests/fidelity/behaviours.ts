import type { Behaviour } from './behaviour';
import { AUTHORIZE } from './rows/authorize';
import { KEYS } from './rows/keys';
import { TOKEN_ANSWER } from './rows/token-answer';

/** A part of the table. */
export interface Chapter {
  readonly title: string;
  readonly rows: readonly Behaviour[];
}

/** Every behaviour of a user pool that a site can observe, in the order in which a sign-in meets it. */
export const CHAPTERS: readonly Chapter[] = [
  { title: 'GET /oauth2/authorize', rows: AUTHORIZE },
  { title: 'POST /oauth2/token: what a code gives', rows: TOKEN_ANSWER },
  { title: 'Keys', rows: KEYS },
];

export const BEHAVIOURS: readonly Behaviour[] = CHAPTERS.flatMap(({ rows }) => rows);
