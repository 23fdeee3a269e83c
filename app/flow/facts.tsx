import type { ReactNode } from 'react';
import styles from './flow.module.css';

/** A name, its value and an explanation. */
export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}

/**
 * A list of names, values and notes.
 *
 * @param facts in the order of display
 */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, value, note }) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>
            <span className={styles.value}>{value}</span>
            {note ? <span className={styles.note}>{note}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
