import { Forms } from './forms';
import { save } from './save';

export interface Props {
  searchParams: Promise<{ saved?: string }>;
}

/** The content of a page at this path: the note, and the forms. */
export async function NotePage({ path, searchParams }: Props & { path: string }) {
  const { saved } = await searchParams;
  return (
    <main id="content">
      <h1>Note</h1>
      <output>{saved}</output>
      <Forms action={save.bind(null, path)} />
    </main>
  );
}
