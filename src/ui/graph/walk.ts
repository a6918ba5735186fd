import type { Box, LaidOut } from '../../layout/types'

export type Direction = 'up' | 'down' | 'left' | 'right'

const directions: Partial<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

export const directionOf = (key: string): Direction | undefined => directions[key]

/**
 * The box an arrow key leads to: down and up along a tensor (into a frame from its header, out to the header where
 * nothing is before), left and right to the nearest box beside.
 */
export function neighbour(laid: LaidOut, from: Box, direction: Direction): Box | undefined {
  if (direction === 'left' || direction === 'right') return beside(laid, from, direction === 'left' ? -1 : 1)
  if (from.unfolded) {
    if (direction === 'up') return boxBy(laid, from.parent)
    return highest(laid.boxes.filter((box) => box.parent === from.id))
  }
  const ids = new Set(
    laid.edges.flatMap((edge) => {
      if (direction === 'down') return edge.from === from.id ? [edge.to] : []
      return edge.to === from.id ? [edge.from] : []
    }),
  )
  const reached = laid.boxes.filter((box) => ids.has(box.id))
  if (reached.length > 0) return nearest(reached, from)
  return direction === 'up' ? boxBy(laid, from.parent) : undefined
}

const boxBy = (laid: LaidOut, id: string | null): Box | undefined => laid.boxes.find((box) => box.id === id)

function highest(boxes: readonly Box[]): Box | undefined {
  return boxes.reduce<Box | undefined>((best, box) => (best && best.y <= box.y ? best : box), undefined)
}

function nearest(boxes: readonly Box[], from: Box, upDown = 1): Box | undefined {
  const distance = (box: Box) => Math.hypot(middleX(box) - middleX(from), upDown * (middleY(box) - middleY(from)))
  return boxes.reduce<Box | undefined>((best, box) => (best && distance(best) <= distance(box) ? best : box), undefined)
}

/** How much farther a step up or down counts when looking for a box beside. */
const aside = 4

function beside(laid: LaidOut, from: Box, sign: -1 | 1): Box | undefined {
  const candidates = laid.boxes.filter((box) => {
    if (box.unfolded || box.id === from.id) return false
    const dx = (middleX(box) - middleX(from)) * sign
    return dx > 0 && dx >= Math.abs(middleY(box) - middleY(from))
  })
  return nearest(candidates, from, aside)
}

const middleX = (box: Box): number => box.x + box.width / 2
const middleY = (box: Box): number => box.y + box.height / 2
