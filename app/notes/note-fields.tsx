import { ErrorSummary, Field } from '@/app/_components/form/field';
import { LONGEST, type NoteErrors, type NoteValues } from '@/lib/notes/note';

/**
 * The fields of a note, with what is wrong with them.
 *
 * @param props.id starts the fields' IDs
 * @param props.focus whether the page was loaded to show the errors
 */
export function NoteFields(props: {
  id: string;
  values?: NoteValues | undefined;
  errors?: NoteErrors | undefined;
  focus?: boolean;
}) {
  const { id, values, errors = {}, focus = false } = props;
  const inTitle = errors.title !== undefined;
  const listed = Object.entries(errors).map(([name, error]) => [`${id}-${name}`, error] as const);
  return (
    <>
      <ErrorSummary errors={listed} />
      <Field id={`${id}-title`} name="title" label="Title" error={errors.title} focus={focus}>
        {(control) => (
          <input
            {...control}
            type="text"
            required
            maxLength={LONGEST.title}
            autoComplete="off"
            defaultValue={values?.title}
          />
        )}
      </Field>
      <Field
        id={`${id}-text`}
        name="text"
        label="Text"
        hint={`Optional, up to ${LONGEST.text} characters.`}
        error={errors.text}
        focus={focus && !inTitle}
      >
        {(control) => (
          <textarea {...control} rows={5} maxLength={LONGEST.text} defaultValue={values?.text} />
        )}
      </Field>
    </>
  );
}
