/** From key presses to actions. Nothing fires while an IME composes, in a field (single letters), or under a dialog. */
import { dialogIsOpen } from '../../state/dialogs.tsx'
import { useView } from '../../state/view.ts'
import { type ActionContext, actionForKeys, actionsOf, startsSequence, useRegistry } from './registry.ts'

const isMac = navigator.platform.startsWith('Mac')
const sequenceMs = 1_200

/** `Mod+Shift+s`, `n`, `?`, `Delete`: what was pressed in the registry's words, or undefined for a bare modifier. */
export function pressedKeys(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  mac = isMac,
): string | undefined {
  const { key } = event
  if (['Control', 'Shift', 'Alt', 'Meta', 'Process', 'Dead', 'Unidentified'].includes(key)) return undefined
  const mod = mac ? event.metaKey : event.ctrlKey
  const other = mac ? event.ctrlKey : event.metaKey
  if (other || event.altKey) return undefined
  const letter = key.length === 1 ? key.toLowerCase() : key
  // A shifted sign (`?`) is its own key; a shifted letter says so.
  const shifted = event.shiftKey && (key.length > 1 || letter !== letter.toUpperCase())
  return `${mod ? 'Mod+' : ''}${shifted ? 'Shift+' : ''}${letter === ' ' ? 'Space' : letter}`
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
}

/** In a field these belong to the text that is being written. */
const keysOfFields: readonly string[] = ['Mod+z']

/** Listens until the answer is called. */
export function listenToKeys(context: () => ActionContext): () => void {
  let before = ''
  let timer = 0
  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || event.repeat) return
    const pressed = pressedKeys(event)
    if (pressed === undefined) return
    const withModifier = pressed.startsWith('Mod+')
    const { paletteOpen, keySheetOpen, singleKeys } = useView.getState()
    if (dialogIsOpen() || keySheetOpen || (paletteOpen && pressed !== 'Mod+k')) return
    if (!withModifier && !singleKeys) return
    if ((!withModifier || keysOfFields.includes(pressed)) && isField(event.target)) return
    if (!withModifier && event.target instanceof HTMLElement && event.target.closest('[role="menu"]')) return
    const actions = actionsOf(useRegistry.getState())
    const keys = before === '' ? pressed : `${before} ${pressed}`
    clearTimeout(timer)
    before = ''
    const action = actionForKeys(actions, keys, context())
    if (action) {
      event.preventDefault()
      if (action.reason?.(context()) === undefined) action.run(context())
      return
    }
    if (startsSequence(actions, keys)) {
      before = keys
      timer = window.setTimeout(() => {
        before = ''
      }, sequenceMs)
    }
  }
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}

const names: Readonly<Record<string, string>> = {
  Mod: isMac ? '⌘' : 'Ctrl',
  Shift: isMac ? '⇧' : 'Shift',
  Delete: 'Del',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

/** The caps to draw for keys: `Mod+k` → `Ctrl`, `K`. */
export function keyCaps(keys: string): readonly string[] {
  return keys.split(/[ +]/).map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key))
}
