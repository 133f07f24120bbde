/** The Latchkey mark: a latch and its key in one line. */
export function Mark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg className="lk-mark" viewBox="0 0 28 28" aria-hidden="true" style={{ width: size, height: size }}>
      <rect width="28" height="28" rx="7" />
      <g fill="none" strokeWidth="2.2" strokeLinecap="square">
        <circle cx="11.5" cy="9.5" r="3.4" />
        <path d="M11.5 13v8.5h6M11.5 17.2h4" />
      </g>
    </svg>
  )
}
