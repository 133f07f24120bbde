import { keyCaps } from '../app/actions/keys.ts'

/** Keys as caps: `<Kbd keys="Mod+k" />`. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className="lk-kbds">
      {keyCaps(keys).map((cap) => (
        <kbd key={cap} className="lk-kbd">
          {cap}
        </kbd>
      ))}
    </span>
  )
}
