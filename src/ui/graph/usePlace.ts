import { useReactFlow, useStore, useStoreApi, type Viewport } from '@xyflow/react'
import { useCallback, useLayoutEffect, useRef } from 'react'
import type { Rect } from '../../layout/types'
import type { Scene, SceneBox } from '../../view/types'
import { lookupsOf } from './lookups'
import type { Change } from './useGlide'
import {
  areaOnScreen,
  contains,
  fitting,
  freePart,
  keepingInView,
  keepingPlace,
  nearestBox,
  nothingCovered,
  openingViewport,
  type Covered,
  type ScreenSize,
} from './viewport'

interface Place {
  /** The box that is to stay where it is on screen when the layout changes next. */
  readonly hold: (id: string) => void
  /** Brings a box to the middle, at once or as soon as it is there; with `onlyIfHidden`, not if it is on screen. */
  readonly bring: (id: string, onlyIfHidden?: boolean) => void
  readonly fit: () => void
  /** A box as large as it can be seen whole. */
  readonly zoomTo: (box: SceneBox) => void
}

const calm = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches
const duration = (): number => (calm() ? 0 : 220)

/**
 * Keeps the viewport: at the beginning when a graph opens, and where the user looks when things fold and unfold.
 * @param onChange told what was on screen and what is now, when one scene follows another of the same model
 * @param covered where panels lie over the graph, so that nothing is brought under them
 */
export function usePlace(
  model: number,
  scene: Scene | null,
  onChange: (change: Change) => void,
  covered: Covered = nothingCovered,
): Place {
  const flow = useReactFlow()
  const store = useStoreApi()
  const measured = useStore((state) => state.width > 0 && state.height > 0)
  const shown = useRef<{ readonly model: number; readonly scene: Scene } | null>(null)
  const held = useRef<string | null>(null)
  const awaited = useRef<string | null>(null)

  const { left, bottom, now } = covered

  const screen = useCallback((): ScreenSize => {
    const { width, height } = store.getState()
    return { width, height }
  }, [store])
  const free = useCallback(
    () => freePart(screen(), now ? { left, bottom } : nothingCovered),
    [screen, left, bottom, now],
  )
  const opening = useCallback(
    (laid: Scene) => openingViewport(laid, screen(), { left, bottom, now }),
    [screen, left, bottom, now],
  )

  const centre = useCallback(
    (box: SceneBox) => {
      const part = free()
      const zoom = Math.min(1.2, Math.max(0.8, flow.getZoom()))
      const [across, down] = [part.x + part.width / 2, part.y + part.height / 2]
      // Of what is higher than the screen, the beginning.
      const top = Math.min(box.height, Math.max(40, part.height / zoom - 60)) / 2
      const viewport = { zoom, x: across - (box.x + box.width / 2) * zoom, y: down - (box.y + top) * zoom }
      void flow.setViewport(viewport, { duration: duration() })
    },
    [flow, free],
  )

  useLayoutEffect(() => {
    if (!measured || !scene || scene.boxes.length === 0) return
    const previous = shown.current
    if (scene === previous?.scene) return
    shown.current = { model, scene }
    const { boxes } = lookupsOf(scene)
    const before = flow.getViewport()
    const after = previous?.model === model ? stayed(previous.scene, scene) : opening(scene)
    void flow.setViewport(after)
    held.current = null
    if (previous?.model === model) {
      onChange({
        before: { scene: previous.scene, viewport: before },
        after: { scene, viewport: after },
        screen: screen(),
      })
    }
    const wanted = awaited.current === null ? undefined : boxes.get(awaited.current)
    if (wanted) {
      awaited.current = null
      centre(wanted)
    }

    /** The viewport in which the box that is held, or the one in the middle, has kept its place. */
    function stayed(old: Scene, next: Scene) {
      const there = lookupsOf(next).boxes
      if (old.direction !== next.direction) return opening(next)
      const area = areaOnScreen(before, screen())
      const middle = { x: area.x + area.width / 2, y: area.y + area.height / 2 }
      const holding = held.current === null ? undefined : lookupsOf(old).boxes.get(held.current)
      const from =
        holding && there.has(holding.id) ? holding : nearestBox(old.boxes, middle, (box) => there.has(box.id))
      const to = from && there.get(from.id)
      if (!from || !to) return opening(next)
      return keepingInView(keepingPlace(before, from, to, next.direction), to, next.boxes, screen())
    }
  }, [model, scene, measured, flow, screen, opening, centre, onChange])

  const hold = useCallback((id: string) => {
    held.current = id
  }, [])

  const bring = useCallback(
    (id: string, onlyIfHidden = false) => {
      const box = shown.current && lookupsOf(shown.current.scene).boxes.get(id)
      if (!box) awaited.current = id
      else if (!onlyIfHidden || !contains(inLayout(free(), flow.getViewport()), headOf(box))) centre(box)
    },
    [flow, free, centre],
  )

  const fit = useCallback(() => {
    const laid = shown.current?.scene
    if (!laid) return
    void flow.setViewport(fitting(laid, screen(), { covered: { left, bottom, now } }), { duration: duration() })
  }, [flow, screen, left, bottom, now])

  const zoomTo = useCallback(
    (box: SceneBox) => {
      const { zoom, x, y } = fitting(box, screen(), { most: 1.4, covered: { left, bottom, now } })
      const viewport = { zoom, x: x - box.x * zoom, y: y - box.y * zoom }
      void flow.setViewport(viewport, { duration: duration() })
    },
    [flow, screen, left, bottom, now],
  )

  return { hold, bring, fit, zoomTo }
}

/** A part of the screen as a part of the layout. */
function inLayout(part: Rect, { x, y, zoom }: Viewport): Rect {
  return { x: (part.x - x) / zoom, y: (part.y - y) / zoom, width: part.width / zoom, height: part.height / zoom }
}

/** What must be seen of a box: all of it, or a frame's header. */
function headOf(box: SceneBox): SceneBox {
  return box.unfolded ? { ...box, width: Math.min(box.width, 200), height: 40 } : box
}
