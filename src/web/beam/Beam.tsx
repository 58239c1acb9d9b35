import './beam.css';
import type { Segment } from './placeBeams.ts';

const percent = (value: number, scale: number) => `${((value / scale) * 100).toFixed(3)}%`;

export interface BeamProps {
  /** Where it begins on the scale. */
  readonly start?: number;
  readonly weight: number;
  readonly won: number;
  /** On the scale, not from the start. */
  readonly median?: number | null;
  /** On the scale, not from the start. */
  readonly interval?: readonly [number, number] | null;
  readonly scale?: number;
  readonly scored?: boolean;
  /** Draws the lines that tie it to the beam above and the beam below. */
  readonly tied?: boolean;
  readonly total?: boolean;
  /** Says in words what is drawn. */
  readonly name: string;
}

/**
 * The steelyard's beam: length is weight, filled is won, hollow is lost, the long notch is the target,
 * the tick on top the team's median, the pale band the interval.
 */
export function Beam({
  start = 0,
  weight,
  won,
  median = null,
  interval = null,
  scale = 100,
  scored = true,
  tied = false,
  total = false,
  name,
}: BeamProps) {
  const at = (value: number) => percent(value, scale);
  return (
    <svg className={total ? 'beam beam-total' : 'beam'} role="img" aria-label={name}>
      <line className="beam-rule" x1="0" x2="100%" y1="50%" y2="50%" />
      {tied ? (
        <line className="beam-tie" x1={at(total ? won : start)} x2={at(total ? won : start)} y1="0" y2="50%" />
      ) : null}
      {tied && !total ? (
        <line className="beam-tie" x1={at(start + won)} x2={at(start + won)} y1="50%" y2="100%" />
      ) : null}
      {interval ? (
        <rect
          className="beam-interval"
          x={at(interval[0])}
          width={at(interval[1] - interval[0])}
          y="14%"
          height="72%"
        />
      ) : null}
      {scored ? (
        <>
          <rect className="beam-lost" x={at(start)} width={at(weight)} />
          <rect className="beam-won" x={at(start)} width={at(won)} />
          {/* Full points are the target met: its notch stands at the beam's end. */}
          <line className="beam-notch" x1={at(start + weight)} x2={at(start + weight)} y1="16%" y2="84%" />
        </>
      ) : (
        <circle className="beam-none" cx={at(start)} cy="50%" r="3.5" />
      )}
      {median === null ? null : <line className="beam-median" x1={at(median)} x2={at(median)} y1="4%" y2="36%" />}
    </svg>
  );
}

/** All items of a card on one line, each at its own place: for tables, read down the column. */
export function BeamLine({
  parts,
  scale,
  name,
}: {
  readonly parts: readonly Segment[];
  readonly scale: number;
  readonly name: string;
}) {
  const at = (value: number) => percent(value, scale);
  return (
    <svg className="beam beam-line" role="img" aria-label={name}>
      <line className="beam-rule" x1="0" x2="100%" y1="50%" y2="50%" />
      {parts.map((part) => (
        <g key={part.id}>
          {part.won === null ? null : (
            <>
              <rect className="beam-lost" x={at(part.start)} width={at(part.weight)} />
              <rect className="beam-won" x={at(part.start)} width={at(part.won)} />
            </>
          )}
          <line
            className="beam-notch"
            x1={at(part.start + part.weight)}
            x2={at(part.start + part.weight)}
            y1="16%"
            y2="84%"
          />
        </g>
      ))}
    </svg>
  );
}

/** Carries the tie between two beams across a heading that stands between them. */
export function BeamTie({ at: value, scale }: { readonly at: number; readonly scale: number }) {
  const x = percent(value, scale);
  return (
    <svg className="beam-through" aria-hidden="true">
      <line className="beam-tie" x1={x} x2={x} y1="0" y2="100%" />
    </svg>
  );
}

/** The scale under stacked beams: a notch every ten points, a number every twenty. */
export function BeamScale({ scale, unit }: { readonly scale: number; readonly unit: string }) {
  const ticks = Array.from({ length: Math.floor(scale / 10) + 1 }, (_, index) => index * 10);
  return (
    <svg className="beam-scale" aria-hidden="true">
      <line className="beam-rule" x1="0" x2="100%" y1="0.5" y2="0.5" />
      {ticks.map((tick) => (
        <line
          key={tick}
          className="beam-mark"
          x1={percent(tick, scale)}
          x2={percent(tick, scale)}
          y1="0"
          y2={tick % 50 === 0 ? '8' : '5'}
        />
      ))}
      {ticks
        .filter((tick) => tick % 20 === 0)
        .map((tick) => (
          <text
            key={tick}
            x={percent(tick, scale)}
            y="21"
            textAnchor={tick === 0 ? 'start' : tick >= scale ? 'end' : 'middle'}
          >
            {tick === 100 ? `${tick} ${unit}` : tick}
          </text>
        ))}
    </svg>
  );
}

/** What the marks mean, drawn with the marks themselves. */
export function BeamLegend({
  words,
}: {
  readonly words: { won: string; lost: string; target: string; median: string; interval: string };
}) {
  return (
    <ul className="beam-legend">
      <li>
        <svg aria-hidden="true">
          <rect className="beam-won" x="0" width="100%" />
        </svg>
        {words.won}
      </li>
      <li>
        <svg aria-hidden="true">
          <rect className="beam-lost" x="1" width="26" />
        </svg>
        {words.lost}
      </li>
      <li>
        <svg aria-hidden="true">
          <line className="beam-rule" x1="0" x2="100%" y1="50%" y2="50%" />
          <line className="beam-notch" x1="50%" x2="50%" y1="10%" y2="90%" />
        </svg>
        {words.target}
      </li>
      <li>
        <svg aria-hidden="true">
          <line className="beam-rule" x1="0" x2="100%" y1="50%" y2="50%" />
          <line className="beam-median" x1="50%" x2="50%" y1="0" y2="40%" />
        </svg>
        {words.median}
      </li>
      <li>
        <svg aria-hidden="true">
          <rect className="beam-interval" x="4" width="20" />
          <line className="beam-rule" x1="0" x2="100%" y1="50%" y2="50%" />
        </svg>
        {words.interval}
      </li>
    </ul>
  );
}
