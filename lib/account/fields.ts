/** A field of the profile form: an attribute of the user pool that users may change themselves. */
export interface ProfileField {
  /** Its name in the user pool, such as `name` or `custom:company`. The app client must be allowed to write it: see `infra/README.md`. */
  readonly attribute: string;
  readonly label: string;
  readonly hint?: string;
  /** The type of the `<input>`; `text` by default. */
  readonly type?: 'text' | 'url';
  /** https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill */
  readonly autoComplete?: string;
  /** In characters; 100 by default. Cognito accepts 2,048. */
  readonly longest?: number;
  /** Returns what is wrong with a value that isn't empty, and what to do; undefined if nothing is. */
  readonly problem?: (value: string) => string | undefined;
}

/** The password rules of the user pool, which no page can read: those of `infra/user-pool.yaml`. */
export const PASSWORD_HINT = 'At least 12 characters.';

/**
 * The profile form, in this order. An empty field deletes the attribute. Never list an attribute that decides what
 * the user may do, such as a plan or a role: users can also change it without this form, unless the app client may
 * not write it.
 */
export const PROFILE_FIELDS: readonly ProfileField[] = [
  { attribute: 'name', label: 'Name', autoComplete: 'name' },
  { attribute: 'given_name', label: 'First name', autoComplete: 'given-name' },
  { attribute: 'family_name', label: 'Last name', autoComplete: 'family-name' },
  {
    attribute: 'picture',
    label: 'Picture',
    hint: 'The address of an image, such as https://example.com/me.jpg.',
    type: 'url',
    autoComplete: 'photo',
    longest: 2048,
    problem: (value) =>
      URL.canParse(value) && new URL(value).protocol === 'https:'
        ? undefined
        : 'Enter an address that starts with https://.',
  },
  {
    attribute: 'locale',
    label: 'Language',
    hint: 'A language tag, such as en or pt-BR.',
    problem: (value) =>
      isLocale(value) ? undefined : 'Enter a language tag, such as en or pt-BR.',
  },
  {
    attribute: 'zoneinfo',
    label: 'Time zone',
    hint: 'Its name, such as Europe/Berlin.',
    problem: (value) =>
      isTimeZone(value) ? undefined : 'Enter the name of a time zone, such as Europe/Berlin.',
  },
];

function isLocale(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).format() !== '';
  } catch {
    return false;
  }
}
