import styles from './flow.module.css';
import { STEPS } from './steps';

/** Links to the chapters of the page. */
export function ChapterList() {
  return (
    <nav className={styles.list} aria-label="Chapters">
      <ol>
        {STEPS.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
