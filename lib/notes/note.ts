/** A note of a user. */
export interface Note {
  /** A UUID. The form names it, so that a form that is sent twice saves one note. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** In milliseconds since 1970. */
  readonly changedAt: number;
}

/** What a user types. */
export type NoteValues = Pick<Note, 'title' | 'text'>;

/** What is wrong with each field. */
export type NoteErrors = Partial<Record<keyof NoteValues, string>>;

/** The longest values, in characters, as browsers count them for `maxlength`. */
export const LONGEST = { title: 80, text: 800 } as const;

/** How many notes a user can have. */
export const MOST = 100;

/**
 * Where notes are stored. `owner` is the user's `sub`, always from the session and never from a form, so
 * that nobody can name another user's note.
 */
export interface NoteStore {
  /** Whether notes outlive this process. Otherwise, the page says that they don't. */
  readonly lasting: boolean;
  /** The owner's notes, the last changed first. */
  list(owner: string): Promise<readonly Note[]>;
  /** One of the owner's notes; undefined if there is none, or if it is another user's. */
  find(owner: string, id: string): Promise<Note | undefined>;
  /**
   * Adds a note, or replaces the owner's note with the same ID.
   *
   * @returns `full` if the owner has as many notes as allowed
   */
  put(owner: string, note: Note): Promise<'saved' | 'full'>;
  /** Deletes one of the owner's notes; returns whether there was one. */
  remove(owner: string, id: string): Promise<boolean>;
}

/**
 * Checks a note that a user sent. Browsers check the same, but anyone can send a form without one.
 *
 * @param form `FormData` or `URLSearchParams`
 * @returns the values, and what is wrong with them; without errors, the note can be saved
 */
export function checkNote(form: { get(name: string): unknown }): {
  values: NoteValues;
  errors: NoteErrors;
} {
  const title = textOf(form.get('title')).replace(/\s+/g, ' ').trim();
  // A browser sends each line break of a textarea as CR LF, but counts it as one character.
  const text = textOf(form.get('text')).replace(/\r\n?/g, '\n').trimEnd();
  const errors: NoteErrors = {
    ...(title === '' ? { title: 'Enter a title.' } : {}),
    ...(title.length > LONGEST.title
      ? { title: `Shorten the title to ${LONGEST.title} characters. It has ${title.length}.` }
      : {}),
    ...(text.length > LONGEST.text
      ? { text: `Shorten the text to ${LONGEST.text} characters. It has ${text.length}.` }
      : {}),
  };
  return { values: { title, text }, errors };
}

/**
 * The ID in a form or an address.
 *
 * @param value untrusted
 * @returns a UUID in lower case; undefined for anything else
 */
export function noteId(value: unknown): string | undefined {
  const id = textOf(value).toLowerCase();
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : undefined;
}

/** Without control characters, which nobody types. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value.replace(/[^\P{Cc}\t\r\n]/gu, '') : '';
}
