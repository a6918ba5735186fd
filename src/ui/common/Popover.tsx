import { useId, useRef, type ReactNode } from 'react'
import { placeBeside } from './beside'
import { Button } from './Button'
import styles from './Popover.module.css'

interface PopoverProps {
  /** What the button is called, where its content does not say. */
  readonly label: string
  readonly icon: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

/** A quiet button that opens a small panel beside itself; a click elsewhere or Escape closes it. */
export function Popover({ label, icon, className, children }: PopoverProps): ReactNode {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
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
          if (event.newState !== 'open' || !button.current || !panel.current) return
          placeBeside(panel.current, button.current)
        }}
      >
        {children}
      </div>
    </>
  )
}
