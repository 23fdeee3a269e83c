import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The two forms of Next's convention: `middleware.ts` on Edge, and `proxy.ts` on Node. */
export type Form = 'middleware' | 'proxy';

/**
 * Which form a project has.
 *
 * @param folder of the project
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
      ? 'Neither middleware.ts nor proxy.ts is here: nothing would guard this site. Bring one back with git.'
      : 'Both middleware.ts and proxy.ts are here, and Next.js builds only one. Delete the one that should go.',
  );
}

/**
 * The one that it is not.
 *
 * @param form of the two
 */
export function otherThan(form: Form): Form {
  return form === 'proxy' ? 'middleware' : 'proxy';
}
