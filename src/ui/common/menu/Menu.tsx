import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { placeBeside } from '../beside'
import { Button } from '../Button'
import styles from './Menu.module.css'

export interface MenuItem {
  readonly text: string
  /** A line below it that says more. */
  readonly hint?: string
  readonly icon?: ReactNode
  readonly run: () => void
  readonly disabled?: boolean
}

interface MenuProps {
  /** What the button is called, where its content does not say. */
  readonly label?: string
  readonly icon?: ReactNode
  readonly children?: ReactNode
  readonly look?: 'plain' | 'quiet'
  /** Above the items. */
  readonly title?: string
  /** What there is to do; as a function it is asked only while the menu is open. */
  readonly items: readonly MenuItem[] | (() => readonly MenuItem[])
  /** Opens it from elsewhere when it becomes true. */
  readonly open?: boolean
  readonly onClosed?: () => void
}

/** A button that opens a list of things to do: arrows walk, a letter goes to the next item that begins with it. */
export function Menu({ label, icon, children, look = 'quiet', title, items, open, onClosed }: MenuProps): ReactNode {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (open) panel.current?.showPopover()
  }, [open])
  // The items are there only while the menu is: of a hundred labels each has a menu with all others in it.
  const enter = (): void => {
    if (!button.current || !panel.current || panel.current.contains(document.activeElement)) return
    placeBeside(panel.current, button.current)
    panel.current.querySelector<HTMLElement>('[role="menuitem"]:enabled')?.focus()
  }
  // Where a key has opened it, the next key comes to an item already; a button's menu is not on screen yet, and its event tells.
  useEffect(() => {
    if (shown) enter()
  }, [shown])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.altKey) return
    const all = [...(panel.current?.querySelectorAll<HTMLElement>('[role="menuitem"]:enabled') ?? [])]
    const at = all.findIndex((item) => item === event.target)
    const goTo = next(event.key, at, all)
    if (goTo === null) return
    event.preventDefault()
    event.stopPropagation()
    all.at(goTo)?.focus()
  }
  return (
    <>
      <Button
        ref={button}
        look={look}
        icon={icon}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        popoverTarget={id}
      >
        {children}
      </Button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="menu"
        aria-label={title ?? label}
        className={styles.menu}
        onKeyDown={onKeyDown}
        onBeforeToggle={(event) => {
          if (event.newState === 'open') setShown(true)
        }}
        onToggle={(event) => {
          if (event.newState === 'open') return enter()
          setShown(false)
          onClosed?.()
        }}
      >
        {title !== undefined && (
          <p className={styles.title} role="presentation">
            {title}
          </p>
        )}
        {(shown ? listed(items) : []).map((item) => (
          <button
            key={item.text}
            type="button"
            role="menuitem"
            tabIndex={-1}
            disabled={item.disabled}
            onClick={() => {
              panel.current?.hidePopover()
              item.run()
            }}
          >
            {item.icon}
            <span>
              {item.text}
              {item.hint !== undefined && <small>{item.hint}</small>}
            </span>
          </button>
        ))}
      </div>
    </>
  )
}

const listed = (items: MenuProps['items']): readonly MenuItem[] => (typeof items === 'function' ? items() : items)

/** Which item a key goes to from the one at `at`; null where the key is for something else. */
function next(key: string, at: number, items: readonly HTMLElement[]): number | null {
  if (key === 'ArrowDown') return (at + 1) % items.length
  if (key === 'ArrowUp') return at <= 0 ? -1 : at - 1
  if (key === 'Home') return 0
  if (key === 'End') return -1
  if (key.length !== 1 || key === ' ') return null
  const order = items.map((_, index) => (at + 1 + index) % items.length)
  const beginning = order.find((index) => items[index].innerText.trim().toLowerCase().startsWith(key.toLowerCase()))
  return beginning ?? null
}
