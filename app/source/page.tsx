import { PageShell } from '@/app/_components/page-shell';
import { pageMetadata } from '@/lib/page-metadata';
import type { Excerpt } from './cut';
import { excerptOf, labelOf } from './excerpt';
import styles from './source.module.css';
import { type ExcerptId, PROOFS, STEPS, type Wanted } from './wanted';

export const metadata = pageMetadata('/source');

/** The excerpts of this site's code that other pages link to. */
export default function SourcePage() {
  return (
    <PageShell path="/source">
      <h1>The code</h1>
      <p className="lead">
        Excerpts of the code that runs this site and of the tests that check it, exactly as they are
        in the repository.
      </p>
      <nav className={styles.contents} aria-label="Excerpts">
        <Contents title="The flow" pieces={STEPS} />
        <Contents title="The tests" pieces={PROOFS} />
      </nav>
      <h2>The flow</h2>
      {STEPS.map((piece) => (
        <Piece key={piece.id} {...piece} />
      ))}
      <h2>The tests</h2>
      {PROOFS.map((piece) => (
        <Piece key={piece.id} {...piece} />
      ))}
    </PageShell>
  );
}

function Contents({ title, pieces }: { title: string; pieces: readonly Wanted[] }) {
  return (
    <div>
      <p>{title}</p>
      <ul>
        {pieces.map((piece) => (
          <li key={piece.id}>
            <a href={`#${piece.id}`}>{piece.title}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Piece({ id, title }: { id: ExcerptId; title: string }) {
  const excerpt = excerptOf(id);
  const label = labelOf(excerpt);
  return (
    <article id={id} className={styles.piece}>
      <h3>{title}</h3>
      <p className={styles.file}>
        <code>{label}</code>
      </p>
      <section className={styles.code} aria-label={label} {...FOCUSABLE}>
        <pre className={styles.numbers} aria-hidden="true">
          {numbersOf(excerpt)}
        </pre>
        <pre>
          <code>{excerpt.code}</code>
        </pre>
      </section>
    </article>
  );
}

/** Makes long lines scrollable with the arrow keys, for visitors without a mouse (WCAG 2.2, 2.1.1). */
const FOCUSABLE = { tabIndex: 0 };

/** In an element of their own, so that they are neither copied with the code nor read aloud. */
function numbersOf({ from, to }: Excerpt): string {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index).join('\n');
}
