import type { ReactNode } from 'react';
import styles from './flow.module.css';

/** A name, its value, and what it is for. */
export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}

/**
 * What was sent or found, name by name.
 *
 * @param facts in the order of the list
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
