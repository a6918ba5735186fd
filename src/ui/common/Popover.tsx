import { useId, useRef, type ReactNode } from 'react'
import { Button } from './Button'
import styles from './Popover.module.css'

interface PopoverProps {
  /** What the button is called, where its content does not say. */
  readonly label: string
  readonly icon: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

/** Distance from the button and from the edges of the window. */
const gap = 6

/** A quiet button that opens a small panel beside itself; a click elsewhere or Escape closes it. */
export function Popover({ label, icon, className, children }: PopoverProps): ReactNode {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const place = (): void => {
    if (!button.current || !panel.current) return
    const { top, bottom, right } = button.current.getBoundingClientRect()
    const { style } = panel.current
    const width = Math.min(panel.current.offsetWidth, window.innerWidth - 2 * gap)
    style.left = `${Math.max(gap, right - width)}px`
    const below = window.innerHeight - bottom > window.innerHeight * 0.45
    style.top = below ? `${bottom + gap}px` : 'auto'
    style.bottom = below ? 'auto' : `${window.innerHeight - top + gap}px`
    style.maxHeight = `${(below ? window.innerHeight - bottom : top) - 2 * gap}px`
  }
  return (
    <>
      <Button
        ref={button}
        look="quiet"
        className={className}
        icon={icon}
        aria-label={label}
        title={label}
        popoverTarget={id}
      />
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={styles.panel}
        onToggle={(event) => {
          if (event.newState === 'open') place()
        }}
      >
        {children}
      </div>
    </>
  )
}
