import type { ReactNode } from 'react';

/**
 * The site's icons: 24 × 24 units, in the color of the surrounding text. They repeat what the text beside
 * them says, so they are hidden from screen readers.
 */
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="1.25em"
      height="1.25em"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

/** The site's logo: three tokens sealed in one, as in `public/icon.svg`. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" fill="#252a3a" />
      <g fill="none" strokeLinecap="round" strokeWidth="3.4">
        <path d="M8 10.5h16" stroke="#8fc0ff" />
        <path d="M8 16h11" stroke="#63dba5" />
        <path d="M8 21.5h14" stroke="#ffc078" />
      </g>
    </svg>
  );
}

/** Passed. */
export function CheckIcon() {
  return (
    <Icon>
      <path d="m5 12.5 4.5 4.5L19 7.5" />
    </Icon>
  );
}

/** Code. */
export function CodeIcon() {
  return (
    <Icon>
      <path d="m9 8-4 4 4 4M15 8l4 4-4 4" />
    </Icon>
  );
}

/** New tokens. */
export function RefreshIcon() {
  return (
    <Icon>
      <path d="M19.5 10A8 8 0 0 0 5.300 7.700L4 9.5M4 5v4.5h4.5M4.5 14a8 8 0 0 0 14.200 2.300l1.300-1.800M20 19v-4.5h-4.5" />
    </Icon>
  );
}

/** The system's theme. */
export function SystemIcon() {
  return (
    <Icon>
      <circle cx="12" cy="12" r="8" />
      <path d="M12 4v16a8 8 0 0 0 0-16Z" fill="currentColor" stroke="none" />
    </Icon>
  );
}

/** The light theme. */
export function SunIcon() {
  return (
    <Icon>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.600 5.600l1.100 1.100M17.300 17.300l1.100 1.100M5.600 18.400l1.100-1.100M17.300 6.700l1.100-1.100" />
    </Icon>
  );
}

/** The dark theme. */
export function MoonIcon() {
  return (
    <Icon>
      <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5Z" />
    </Icon>
  );
}
