import { useEffect, useRef, useState, type ReactNode } from 'react'

/** How far from what is seen things are drawn ahead, in pixels. */
const ahead = 800

interface WhenNearProps {
  readonly as: 'div' | 'tbody'
  readonly className?: string
  /** About how high it is, in pixels, as long as it has not been drawn. */
  readonly estimate: number
  /** Draws it now, wherever it is. */
  readonly wanted?: boolean
  readonly children: () => ReactNode
}

/**
 * A piece of a long list that is drawn while it is near what is seen, and keeps its height as an empty element
 * otherwise: a thousand labels are then some dozens of elements. What has the keyboard in it stays.
 */
export function WhenNear({ as: Piece, className, estimate, wanted = false, children }: WhenNearProps): ReactNode {
  const element = useRef<HTMLElement>(null)
  const [near, setNear] = useState(false)
  const [height, setHeight] = useState(estimate)
  useEffect(() => {
    const piece = element.current
    if (!piece) return undefined
    // `scrollMargin` is that of the boxes in between that scroll; browsers without it draw a little later.
    const options: IntersectionObserverInit & { scrollMargin: string } = {
      rootMargin: `${ahead}px`,
      scrollMargin: `${ahead}px`,
    }
    const observer = new IntersectionObserver((entries) => {
      const entry = entries.at(-1)
      if (!entry || (!entry.isIntersecting && piece.contains(document.activeElement))) return
      if (!entry.isIntersecting && entry.boundingClientRect.height > 0) setHeight(entry.boundingClientRect.height)
      setNear(entry.isIntersecting)
    }, options)
    observer.observe(piece)
    return () => observer.disconnect()
  }, [])
  const drawn = near || wanted
  return (
    <Piece
      ref={(made: HTMLElement | null) => {
        element.current = made
      }}
      className={className}
      style={drawn ? undefined : { height }}
    >
      {drawn ? children() : <Empty as={Piece} height={height} />}
    </Piece>
  )
}

/** Rows of a table have no height but that of what is in them. */
function Empty({ as, height }: { readonly as: 'div' | 'tbody'; readonly height: number }): ReactNode {
  if (as === 'div') return null
  return (
    <tr aria-hidden>
      <td style={{ height, padding: 0 }} />
    </tr>
  )
}

/** A list in pieces of so many; the last may be shorter. */
export function piecesOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, piece) =>
    items.slice(piece * size, (piece + 1) * size),
  )
}
