import type { KeyboardEvent, MouseEvent, PointerEvent } from 'react'

interface Hold {
  /** Whether a click starts and the next one stops; else it lasts as long as the button is held. */
  readonly byClick: boolean
  readonly active: boolean
  readonly start: () => void
  readonly stop: () => void
}

interface HoldHandlers {
  onPointerDown(event: PointerEvent): void
  onPointerUp(): void
  onLostPointerCapture(): void
  onKeyDown(event: KeyboardEvent): void
  onKeyUp(event: KeyboardEvent): void
  onBlur(): void
  onClick(event: MouseEvent): void
  onContextMenu(event: MouseEvent): void
}

/** A button that is held: by mouse, pen or finger, or by Space or Enter. */
export function useHold({ byClick, active, start, stop }: Hold): HoldHandlers {
  const toggle = active ? stop : start
  const release = byClick ? () => undefined : stop
  return {
    onPointerDown(event) {
      if (byClick || event.button !== 0) return
      // The finger may slip off the button without letting go.
      event.currentTarget.setPointerCapture(event.pointerId)
      start()
    },
    onPointerUp: release,
    onLostPointerCapture: release,
    onKeyDown(event) {
      if (!isPress(event)) return
      event.preventDefault()
      if (event.repeat) return
      if (byClick) toggle()
      else start()
    },
    onKeyUp(event) {
      if (!isPress(event)) return
      event.preventDefault()
      release()
    },
    onBlur: release,
    onClick(event) {
      // Assistive tools click without pressing anything; they cannot hold.
      if (byClick || event.detail === 0) toggle()
    },
    // A long touch would open the browser's menu.
    onContextMenu: (event) => event.preventDefault(),
  }
}

function isPress({ key }: KeyboardEvent): boolean {
  return key === ' ' || key === 'Enter'
}
