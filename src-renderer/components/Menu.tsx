/** A menu at its button: arrows, Home, End, letters, Esc; focus returns to the button. One menu is open at a time. */
import {
  type ComponentType,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { createPortal } from 'react-dom'
import { RhUiCheckIcon } from './icons.ts'

export interface MenuItem {
  readonly id: string
  readonly title: string
  readonly detail?: string
  readonly icon?: ComponentType
  readonly danger?: boolean
  /** A choice among others: shows whether it is the current one. */
  readonly checked?: boolean
  /** Why it cannot be used now; the item keeps its place and says so. */
  readonly reason?: string | undefined
  /** A line above the item. */
  readonly divided?: boolean
  readonly run: () => void
}

interface MenuProps {
  readonly anchor: HTMLElement
  readonly label: string
  readonly items: readonly MenuItem[]
  readonly end?: boolean
  readonly onClose: (refocus: boolean) => void
}

function place(menu: HTMLElement, anchor: HTMLElement, end: boolean): void {
  const at = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const left = end ? at.right - width : at.left
  const below = at.bottom + 4
  const top = below + height > innerHeight - 8 ? Math.max(8, at.top - height - 4) : below
  menu.style.left = `${Math.min(Math.max(8, left), innerWidth - width - 8)}px`
  menu.style.top = `${top}px`
}

function Menu({ anchor, label, items, end = false, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null)
  const buttons = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]

  useLayoutEffect(() => {
    if (!menu.current) return
    place(menu.current, anchor, end)
    const items = [...menu.current.querySelectorAll<HTMLElement>('[role^="menuitem"]')]
    const current = items.find((item) => item.getAttribute('aria-checked') === 'true') ?? items[0]
    current?.focus()
  }, [anchor, end])

  useEffect(() => {
    const away = (event: Event) => {
      const { target } = event
      if (target instanceof Node && (menu.current?.contains(target) || anchor.contains(target))) return
      onClose(false)
    }
    const moved = () => onClose(true)
    document.addEventListener('pointerdown', away)
    window.addEventListener('resize', moved)
    return () => {
      document.removeEventListener('pointerdown', away)
      window.removeEventListener('resize', moved)
    }
  }, [anchor, onClose])

  function onKeyDown(event: KeyboardEvent): void {
    const all = buttons()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const go = (index: number) => {
      event.preventDefault()
      all[(index + all.length) % all.length]?.focus()
    }
    if (event.key === 'ArrowDown') go(at + 1)
    else if (event.key === 'ArrowUp') go(at - 1)
    else if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(all.length - 1)
    else if (event.key === 'Tab' || event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      onClose(true)
    } else if (event.key.length === 1 && event.key !== ' ' && !event.nativeEvent.isComposing) {
      const letter = event.key.toLowerCase()
      const found = [...all.slice(at + 1), ...all].find((item) => item.textContent?.toLowerCase().startsWith(letter))
      found?.focus()
    }
  }

  return createPortal(
    // Keys move within the menu, whichever item has the focus.
    <div ref={menu} className="lk-menu" role="menu" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
      {items.map((item) => {
        const Icon = item.icon
        return (
          <div key={item.id} role="none">
            {item.divided && <hr />}
            {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is a menu item's, not a button's */}
            <button
              type="button"
              role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
              aria-checked={item.checked}
              aria-disabled={item.reason !== undefined}
              className={item.danger ? 'lk-menu-item lk-danger' : 'lk-menu-item'}
              tabIndex={-1}
              onClick={() => {
                if (item.reason !== undefined) return
                onClose(true)
                item.run()
              }}
            >
              {Icon && <Icon />}
              <span>
                {item.title}
                {(item.reason ?? item.detail) && <small>{item.reason ?? item.detail}</small>}
              </span>
              {item.checked && <RhUiCheckIcon />}
            </button>
          </div>
        )
      })}
    </div>,
    document.body,
  )
}

/** A button that opens a menu. */
export function MenuButton({
  label,
  items,
  children,
  className = 'lk-icon-button',
  end,
  tabIndex,
}: {
  /** The accessible name of button and menu. */
  readonly label: string
  readonly items: readonly MenuItem[] | (() => readonly MenuItem[])
  readonly children: ReactNode
  readonly className?: string
  readonly end?: boolean
  readonly tabIndex?: number
}) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  return (
    <>
      <button
        ref={button}
        id={id}
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={className.includes('icon') ? label : undefined}
        title={className.includes('icon') ? label : undefined}
        tabIndex={tabIndex}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open) return
          event.preventDefault()
          event.stopPropagation()
          setOpen(true)
        }}
      >
        {children}
      </button>
      {open && button.current && (
        <Menu
          anchor={button.current}
          label={label}
          items={typeof items === 'function' ? items() : items}
          end={end ?? false}
          onClose={(refocus) => {
            setOpen(false)
            if (refocus) button.current?.focus()
          }}
        />
      )}
    </>
  )
}
