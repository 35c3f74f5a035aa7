/** Shapes drawn by ourselves: letters for them are missing from many fonts. All are decoration. */
const SHAPES = {
  info: <path d="M8 7.2v3.6M8 5v.1M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4Z" />,
  dot: <circle cx="8" cy="8" r="4" fill="currentColor" />,
  ring: <path d="M8 3a5 5 0 1 0 5 5" />,
  triangle: <path d="M8 3 14 13H2Z" fill="currentColor" />,
  cross: <path d="m4 4 8 8m0-8-8 8" />,
  dash: <path d="M4 8h8" />,
  home: <path d="M2.5 7.5 8 3l5.5 4.5M4 7v6h8V7" />,
  cloud: <path d="M4.5 12.5a3 3 0 0 1 .3-6 4 4 0 0 1 7.5 1.2 2.5 2.5 0 0 1-.3 4.8Z" />,
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({ name, className = "size-3.5" }: { name: IconName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {SHAPES[name]}
    </svg>
  );
}
