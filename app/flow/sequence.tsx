import { Fragment } from 'react';
import styles from './sequence.module.css';
import { ACTORS, type Message, STEPS, type Step, type StepId } from './steps';

/** Positions in the diagram, in SVG units. */
const WIDTH = 364;
const LANES = [46, 182, 318] as const;
const TOP = 62;
const ROW = 31;

/**
 * The sequence diagram of the flow. Each step links to its chapter.
 *
 * @param done the steps that have happened in this session; they are highlighted
 * @param page the path of the page with the chapters; empty on that page
 */
export function Sequence({ done, page = '' }: { done: ReadonlySet<StepId>; page?: string }) {
  const rows = STEPS.reduce((sum, step) => sum + step.messages.length, 0);
  const height = TOP + rows * ROW + 8;
  let row = 0;
  return (
    <svg className={styles.sequence} viewBox={`0 0 ${WIDTH} ${height}`} aria-labelledby="sequence">
      <title id="sequence">
        Sequence diagram: the browser, this site and Cognito exchange messages in ten steps
      </title>
      {ACTORS.map((actor, lane) => (
        <g key={actor} className={styles.actor}>
          <line x1={LANES[lane]} x2={LANES[lane]} y1="34" y2={height} />
          <rect x={(LANES[lane] ?? 0) - 44} y="2" width="88" height="32" rx="10" />
          <text x={LANES[lane]} y="23">
            {actor}
          </text>
        </g>
      ))}
      {STEPS.map((step, index) => {
        const first = row;
        row += step.messages.length;
        return (
          <StepLink
            key={step.id}
            step={step}
            number={index + 1}
            done={done.has(step.id)}
            href={`${page}#${step.id}`}
            y={TOP + first * ROW}
          />
        );
      })}
    </svg>
  );
}

function StepLink(props: { step: Step; number: number; done: boolean; href: string; y: number }) {
  const { step, number, done, href, y } = props;
  // The label contains the visible text, for voice control (WCAG 2.2, 2.5.3).
  const said = step.messages.map(({ text }) => text).join(' ');
  return (
    <a
      href={href}
      className={styles.step}
      data-step={step.id}
      data-done={done || undefined}
      aria-label={`${number}. ${step.title}${done ? ', done' : ''}: ${said}`}
    >
      <rect
        className={styles.field}
        x="0"
        y={y - 20}
        width={WIDTH}
        height={step.messages.length * ROW}
        rx="8"
      />
      {step.messages.map((message, index) => (
        <Fragment key={message.text}>
          {index > 0 ? ' ' : null}
          <Arrow message={message} y={y + index * ROW} />
        </Fragment>
      ))}
    </a>
  );
}

function Arrow({ message: { from, to, text }, y }: { message: Message; y: number }) {
  const [start, end] = [LANES[from], LANES[to]];
  if (start === end) {
    return (
      <g className={styles.work}>
        <rect x={start - 46} y={y - 13} width="92" height="21" rx="10.5" />
        <text x={start} y={y + 2}>
          {text}
        </text>
      </g>
    );
  }
  const towards = start < end ? 1 : -1;
  const tip = end - towards * 3;
  return (
    <g className={styles.arrow}>
      <path className={styles.line} pathLength="1" d={`M${start + towards * 3} ${y + 4}H${tip}`} />
      <path
        className={styles.tip}
        d={`M${tip - towards * 6} ${y}l${towards * 6} 4l${-towards * 6} 4`}
      />
      <text x={(start + end) / 2} y={y - 2}>
        {text}
      </text>
    </g>
  );
}
