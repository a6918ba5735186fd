import { useStoreApi, type ReactFlowState } from '@xyflow/react'
import { useEffect, useState } from 'react'
import type { Rect } from '../../../layout/types'
import { areaOnScreen, contains, enlarged } from './viewport'

/** Boxes are made ready this far beyond the screen, as a share of its size, so that small moves need nothing new. */
const reach = 0.35

export interface Area extends Rect {
  readonly zoom: number
}

/** The part of the layout to be drawn; changes only when the screen leaves it or the zoom has changed much. */
export function useArea(): Area | null {
  const store = useStoreApi()
  const [area, setArea] = useState<Area | null>(null)

  useEffect(() => {
    let drawn: Area | null = null
    const follow = ({ transform: [x, y, zoom], width, height }: ReactFlowState) => {
      if (width === 0 || height === 0) return
      const screen = areaOnScreen({ x, y, zoom }, { width, height })
      if (drawn && contains(drawn, screen) && zoom < drawn.zoom * 1.8) return
      drawn = { ...enlarged(screen, reach), zoom }
      setArea(drawn)
    }
    follow(store.getState())
    return store.subscribe(follow)
  }, [store])

  return area
}
