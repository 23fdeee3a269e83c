import styles from './stacked-bar.module.css';

/** A part of the bar. */
export interface BarPart {
  readonly kind: 'id' | 'access' | 'refresh' | 'shared' | 'frame' | 'sealed';
  readonly name: string;
  readonly size: number;
}

/** The width of the bar, in SVG units. */
const WIDTH = 1000;

/**
 * A stacked bar of sizes, with a list of the same sizes as text.
 *
 * @param label what the bar shows, and its unit
 * @param scale the size that fills the whole width
 * @param mark a size to mark with a line
 * @param parts from left to right
 */
export function StackedBar(props: {
  label: string;
  scale: number;
  mark?: number;
  parts: readonly BarPart[];
}) {
  const { label, scale, mark, parts } = props;
  const width = (size: number) => Math.max((size / scale) * WIDTH, 3);
  let x = 0;
  return (
    <figure className={styles.bar}>
      <figcaption>{label}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} 44`} preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles.track} width={WIDTH} height="44" />
        {parts.map(({ kind, name, size }) => {
          const start = x;
          x += width(size);
          return (
            <rect
              key={name}
              data-kind={kind}
              x={start}
              width={Math.max(width(size) - 2, 1)}
              height="44"
            />
          );
        })}
        {mark === undefined ? null : (
          <rect className={styles.mark} x={(mark / scale) * WIDTH} width="3" height="44" />
        )}
      </svg>
      <ul>
        {parts.map(({ kind, name, size }) => (
          <li key={name} data-kind={kind}>
            {name} <b>{size.toLocaleString('en')}</b>
          </li>
        ))}
      </ul>
    </figure>
  );
}
