import type { ReactNode } from 'react';
import styles from './form.module.css';

/** What a field's control gets, so that screen readers read its hint and its error. */
export interface ControlProps {
  readonly id: string;
  readonly name: string;
  readonly 'aria-invalid'?: true;
  readonly 'aria-describedby'?: string;
  readonly autoFocus?: true;
}

/**
 * A control with its label, hint and error.
 *
 * @param props.id unique in the page; the error summary links to it
 * @param props.name of the form field
 * @param props.error what is wrong with the value, and what to do
 * @param props.focus whether the page was loaded to show this error, so that the field gets the focus
 * @param props.check for a checkbox or radio button: puts the label behind it
 * @param props.children renders the control: `(control) => <input {...control} />`
 */
export function Field(props: {
  id: string;
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  focus?: boolean;
  check?: boolean;
  children: (control: ControlProps) => ReactNode;
}) {
  const { id, name, label, hint, error, focus, check, children } = props;
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean);
  const control = children({
    id,
    name,
    ...(error ? { 'aria-invalid': true } : {}),
    ...(described.length > 0 ? { 'aria-describedby': described.join(' ') } : {}),
    ...(error && focus ? { autoFocus: true } : {}),
  });
  return (
    <div className={check ? styles.check : styles.field}>
      {check ? control : null}
      <label htmlFor={id}>{label}</label>
      {check ? null : control}
      {hint ? (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      ) : null}
    </div>
  );
}

/**
 * The list of a form's errors, above the form. Each is a link to its field.
 *
 * @param props.errors the field's id, and what is wrong
 */
export function ErrorSummary({ errors }: { errors: readonly (readonly [string, string])[] }) {
  if (errors.length === 0) return null;
  return (
    <div role="alert" className={styles.summary}>
      <p>
        <strong>Not saved yet.</strong> Please correct this:
      </p>
      <ul>
        {errors.map(([id, error]) => (
          <li key={id}>
            <a href={`#${id}`}>{error}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
