import { useReactFlow, useStore, useStoreApi } from '@xyflow/react'
import { useCallback, useEffect, useRef } from 'react'
import type { Box, LaidOut } from '../../layout/types'
import { areaOnScreen, contains, fitting, keepingPlace, nearestBox, openingViewport, type ScreenSize } from './viewport'

interface Place {
  /** The box that is to stay where it is on screen when the layout changes next. */
  readonly hold: (id: string) => void
  /** Brings a box to the middle, at once or as soon as it is there; with `onlyIfHidden`, not if it is on screen. */
  readonly bring: (id: string, onlyIfHidden?: boolean) => void
  readonly fit: () => void
}

const calm = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches
const duration = (): number => (calm() ? 0 : 220)

/** Keeps the viewport: at the beginning when a graph opens, and where the user looks when things fold and unfold. */
export function usePlace(laid: LaidOut | null): Place {
  const flow = useReactFlow()
  const store = useStoreApi()
  const measured = useStore((state) => state.width > 0 && state.height > 0)
  const shown = useRef<LaidOut | null>(null)
  const held = useRef<string | null>(null)
  const awaited = useRef<string | null>(null)

  const screen = useCallback((): ScreenSize => store.getState(), [store])

  const centre = useCallback(
    (box: Box) => {
      const { width, height } = screen()
      const zoom = Math.min(1.2, Math.max(0.8, flow.getZoom()))
      const top = Math.min(box.height, height / zoom - 160) / 2
      const viewport = { zoom, x: width / 2 - (box.x + box.width / 2) * zoom, y: height / 2 - (box.y + top) * zoom }
      void flow.setViewport(viewport, { duration: duration() })
    },
    [flow, screen],
  )

  useEffect(() => {
    if (!measured) return
    const previous = shown.current
    shown.current = laid
    if (!laid || laid === previous || laid.boxes.length === 0) return
    const viewport = flow.getViewport()
    if (!previous) {
      void flow.setViewport(openingViewport(laid, screen()))
    } else {
      const next = new Map(laid.boxes.map((box) => [box.id, box]))
      const area = areaOnScreen(viewport, screen())
      const middle = { x: area.x + area.width / 2, y: area.y + area.height / 2 }
      const stays = (box: Box) => next.has(box.id)
      const before =
        previous.boxes.find((box) => box.id === held.current && stays(box)) ?? nearestBox(previous.boxes, middle, stays)
      const after = before && next.get(before.id)
      if (after) void flow.setViewport(keepingPlace(viewport, before, after))
    }
    held.current = null
    const wanted = laid.boxes.find((box) => box.id === awaited.current)
    if (wanted) {
      awaited.current = null
      centre(wanted)
    }
  }, [laid, measured, flow, screen, centre])

  const hold = useCallback((id: string) => {
    held.current = id
  }, [])

  const bring = useCallback(
    (id: string, onlyIfHidden = false) => {
      const box = shown.current?.boxes.find((candidate) => candidate.id === id)
      if (!box) awaited.current = id
      else if (!onlyIfHidden || !contains(areaOnScreen(flow.getViewport(), screen()), headOf(box))) centre(box)
    },
    [flow, screen, centre],
  )

  const fit = useCallback(() => {
    if (shown.current) void flow.setViewport(fitting(shown.current, screen()), { duration: duration() })
  }, [flow, screen])

  return { hold, bring, fit }
}

/** What must be seen of a box: all of it, or a frame's header. */
function headOf(box: Box): Box {
  return box.unfolded ? { ...box, width: Math.min(box.width, 200), height: 40 } : box
}
