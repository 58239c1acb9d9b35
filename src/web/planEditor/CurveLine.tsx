const [width, height] = [96, 28];

/** Value → attainment as a small line; the left and right end say which values it covers. */
export function CurveLine({
  points,
  name,
}: {
  readonly points: readonly (readonly [number, number])[];
  readonly name: string;
}) {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || last[0] === first[0]) return null;
  const x = (value: number) => ((value - first[0]) / (last[0] - first[0])) * width;
  const y = (share: number) => height - 2 - share * (height - 4);
  const line = points.map(([value, share]) => `${x(value).toFixed(1)},${y(share).toFixed(1)}`).join(' ');
  const short = (value: number) => String(Math.round(value * 10) / 10);
  return (
    <figure className="curve-line">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={name} preserveAspectRatio="none">
        <line className="curve-full" x1="0" x2={width} y1={y(1)} y2={y(1)} />
        <polyline className="curve-drawn" points={line} vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption>
        <span>{short(first[0])}</span>
        <span>{short(last[0])}</span>
      </figcaption>
    </figure>
  );
}
