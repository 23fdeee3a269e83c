import type { ReactNode } from 'react';
import { CodeIcon } from '@/app/_components/icons';
import { excerpt } from '@/app/source/excerpt';
import styles from './flow.module.css';
import { STEPS, type StepId } from './steps';

/**
 * One step of the flow: its number and title, the explanation, and a link to the code.
 *
 * @param step the step's ID, which is also the section's anchor
 * @param done whether it has happened in this session
 * @param children the explanation and the evidence
 */
export function Chapter(props: { step: StepId; done: boolean; children: ReactNode }) {
  const { step: id, done, children } = props;
  const index = STEPS.findIndex((step) => step.id === id);
  const step = STEPS[index];
  if (!step) return null;
  const code = excerpt(step.code);
  return (
    <section id={id} className={styles.chapter} aria-labelledby={`${id}-title`} tabIndex={-1}>
      <h2 id={`${id}-title`}>
        <span className={styles.number} data-done={done || undefined}>
          {index + 1}
        </span>
        {step.title}
        {done ? <span className="visually-hidden"> (done)</span> : null}
      </h2>
      {children}
      <p className={styles.code}>
        <CodeIcon />
        <span>
          Code: <a href={code.href}>{code.label}</a>
        </span>
      </p>
    </section>
  );
}
