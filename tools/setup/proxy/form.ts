import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The two forms of Next's convention: `middleware.ts` on Edge, and `proxy.ts` on Node. */
export type Form = 'middleware' | 'proxy';

/**
 * Returns the form that a project uses.
 *
 * @param folder the project's folder
 * @throws Error if it has both, which Next refuses to build, or neither
 */
export function formOf(folder = '.'): Form {
  const forms = (['middleware', 'proxy'] as const).filter((form) =>
    existsSync(join(folder, `${form}.ts`)),
  );
  const [form] = forms;
  if (form !== undefined && forms.length === 1) return form;
  throw new Error(
    form === undefined
      ? 'Neither middleware.ts nor proxy.ts exists, so nothing protects this site. Restore one of them with git.'
      : 'Both middleware.ts and proxy.ts exist, but Next.js allows only one. Delete the one that you do not want.',
  );
}

/**
 * Returns the other form.
 *
 * @param form one of the two
 */
export function otherThan(form: Form): Form {
  return form === 'proxy' ? 'middleware' : 'proxy';
}
