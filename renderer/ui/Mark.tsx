/** The mark: a stem held by its roots. */
export function Mark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#0f6d67" />
      <path
        d="M16 6v10M16 16c-1 5-4 6-7 8.5M16 16c1 5 4 6 7 8.5M16 16v10"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
      <circle cx="16" cy="8" r="2.6" fill="#fff" />
    </svg>
  );
}
