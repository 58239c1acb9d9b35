/** The name's sign: a beam with its notches, the hook on the short arm, the weight on the long one. */
export function Mark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="mark">
      <path d="M3 12.5 29 10.5" stroke="var(--ink)" strokeWidth="1.8" strokeLinecap="round" />
      <path d="M11 6.5v5.4" stroke="var(--ink)" strokeWidth="1.4" strokeLinecap="round" />
      <path
        d="M15.5 11v-2.4M19 10.8V8.4M22.5 10.5V8.2M26 10.2V7.9"
        stroke="var(--grey-ink)"
        strokeWidth="1.1"
        strokeLinecap="round"
      />
      <path d="M5 12.4v5.1" stroke="var(--ink)" strokeWidth="1.2" />
      <path d="M1.8 17.5h6.4a3.2 3.2 0 0 1-6.4 0Z" fill="none" stroke="var(--ink)" strokeWidth="1.3" />
      <path d="M22.5 11v6" stroke="var(--ink)" strokeWidth="1.2" />
      <path d="M20 17h5l1.3 7.5a.8.8 0 0 1-.8.9h-6a.8.8 0 0 1-.8-.9Z" fill="var(--celadon)" />
    </svg>
  );
}

/** The same, large, for the page with nobody signed in. */
export function Steelyard() {
  const notches = Array.from({ length: 21 }, (_, index) => index);
  return (
    <svg viewBox="0 0 640 300" aria-hidden="true" className="gate-steelyard">
      <g transform="rotate(-2 190 96)">
        <rect x="40" y="92" width="560" height="9" fill="var(--celadon)" rx="2" />
        <rect x="430" y="92" width="170" height="9" fill="var(--wash)" stroke="var(--grey-ink)" rx="2" />
        {notches.map((notch) => (
          <path
            key={notch}
            d={`M${210 + notch * 19} 92v-${notch % 5 === 0 ? 16 : 9}`}
            stroke="var(--ink)"
            strokeWidth={notch % 5 === 0 ? 2 : 1}
          />
        ))}
        <path d="M430 78v34" stroke="var(--ink)" strokeWidth="3" />
        <path d="M150 92V34" stroke="var(--ink)" strokeWidth="2.5" />
        <circle cx="150" cy="28" r="7" fill="none" stroke="var(--ink)" strokeWidth="2.5" />
        <circle cx="60" cy="97" r="3" fill="var(--ink)" />
        <circle cx="430" cy="97" r="3" fill="var(--ink)" />
      </g>
      <path d="M60 104 22 196M60 104l38 92" stroke="var(--ink)" strokeWidth="1.2" />
      <path d="M14 196h92c0 22-20 36-46 36s-46-14-46-36Z" fill="var(--paper)" stroke="var(--ink)" strokeWidth="2" />
      <path d="M430 90v88" stroke="var(--ink)" strokeWidth="1.5" />
      <path d="M414 178h32l9 58a5 5 0 0 1-5 6h-40a5 5 0 0 1-5-6Z" fill="var(--ink)" />
      <path d="M416 214h28" stroke="var(--paper)" strokeWidth="1.5" />
    </svg>
  );
}
