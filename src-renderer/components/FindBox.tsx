/** The search box of a list: takes `/`, waits for a pause in typing and for the end of an IME's composition. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useActions } from '../app/actions/registry.ts'
import { RhUiSearchIcon } from './icons.ts'
import { Kbd } from './Kbd.tsx'

const pauseMs = 160

export function FindBox({
  label,
  value,
  onFind,
  withKey = false,
}: {
  readonly label: string
  readonly value: string
  /** `pasted`: it came from elsewhere as one word, so it may be a key of any shape. */
  readonly onFind: (text: string, pasted: boolean) => void
  /** True for the one box of the screen that `/` goes to. */
  readonly withKey?: boolean
}) {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const composing = useRef(false)
  const timer = useRef(0)
  /** Stays until the box is empty: what is typed behind a pasted key hides nothing of it. */
  const pasted = useRef(false)

  useEffect(() => setText(value), [value])
  useEffect(() => () => clearTimeout(timer.current), [])

  const later = useCallback(
    (next: string) => {
      clearTimeout(timer.current)
      timer.current = window.setTimeout(() => onFind(next, pasted.current), pauseMs)
    },
    [onFind],
  )
  const actions = useMemo(
    () =>
      withKey
        ? [
            {
              id: 'list.find',
              group: 'here' as const,
              titleKey: 'common.find',
              about: label,
              keys: '/',
              icon: RhUiSearchIcon,
              run: () => input.current?.select(),
            },
          ]
        : [],
    [withKey, label],
  )
  useActions(actions)

  return (
    <div className="lk-find">
      <RhUiSearchIcon />
      <input
        ref={input}
        className="lk-input"
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        maxLength={512}
        value={text}
        onPaste={(event) => {
          if (/^\S+$/.test(event.clipboardData.getData('text').trim())) pasted.current = true
        }}
        onChange={(event) => {
          if (event.target.value === '') pasted.current = false
          setText(event.target.value)
          if (!composing.current) later(event.target.value)
        }}
        onCompositionStart={() => {
          composing.current = true
        }}
        onCompositionEnd={(event) => {
          composing.current = false
          later(event.currentTarget.value)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || text === '' || event.nativeEvent.isComposing) return
          event.stopPropagation()
          setText('')
          pasted.current = false
          clearTimeout(timer.current)
          onFind('', false)
        }}
      />
      {withKey && text === '' && <Kbd keys="/" />}
    </div>
  )
}
