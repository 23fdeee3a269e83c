/** The messages that the next page can show. Only their names travel, so nobody can make up a text. */
export const FLASHES = {
  saved: 'Saved.',
  deleted: 'Deleted.',
  signedInAgain: 'You are signed in again.',
  signedOut: 'You are signed out.',
} as const;

export type Flash = keyof typeof FLASHES;
