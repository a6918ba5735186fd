import { useReactFlow, useStore, useStoreApi, type Viewport } from '@xyflow/react'
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import type { Rect } from '../../../layout/types'
import type { Spot } from '../../../store/state/places'
import { setInSight, setLookedAt } from '../../../store/graph-view/view'
import { onScreen, onView } from './glide'
import { lookupsOf } from '../lookups'
import { mapRoom } from './map-scale'
import type { ScreenChange } from './useGlide'
import {
  areaOnScreen,
  contains,
  fitting,
  freePart,
  keepingInView,
  keepingPlace,
  movedInto,
  mustSee,
  nearestBox,
  nothingCovered,
  openingViewport,
  partFor,
  spotOf,
  viewportAt,
  type ScreenSize,
} from './viewport'
import type { Covered } from '../types'
import type { Scene, SceneBox } from '../../../view/scene/types'

interface PlaceControls {
  /** The box that is to stay where it is on screen when the layout changes next. */
  readonly hold: (id: string) => void
  /** Brings a box to the middle, at once or as soon as it is there; with `onlyIfHidden`, not if it is on screen. */
  readonly bring: (id: string, onlyIfHidden?: boolean) => void
  /** Moves what a panel has come to lie over, and is on screen, from under it. */
  readonly uncover: (box: SceneBox) => void
  /** Shows a spot, as soon as what is unfolded now is drawn. */
  readonly restore: (spot: Spot) => void
  readonly fit: () => void
  /** A box as large as it can be seen whole. */
  readonly zoomTo: (box: SceneBox) => void
}

const calm = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches
const duration = (): number => (calm() ? 0 : 220)

interface ShownScene {
  readonly model: number
  readonly scene: Scene
  readonly unfolded: ReadonlySet<string>
}

interface PlaceOf {
  readonly model: number
  readonly scene: Scene | null
  /** What is unfolded in this scene or the next one. */
  readonly unfolded: ReadonlySet<string>
  /** Where panels lie over the graph, so that nothing is brought under them. */
  readonly covered?: Covered
  /** Whether the small map lies over a corner. */
  readonly map: boolean
}

/**
 * Keeps the viewport: at the beginning when a graph opens, and where the user looks when things fold and unfold.
 * @param onChange told what was on screen and what is now, when one scene follows another of the same model
 */
export function usePlace(of: PlaceOf, onChange: (change: ScreenChange) => void): PlaceControls {
  const { model, scene, unfolded, map, covered = nothingCovered } = of
  const flow = useReactFlow()
  const store = useStoreApi()
  const measured = useStore((state) => state.width > 0 && state.height > 0)
  const shown = useRef<ShownScene | null>(null)
  const held = useRef<string | null>(null)
  const awaited = useRef<string | null>(null)
  const restoring = useRef<Spot | null>(null)

  const { left, bottom, now } = covered

  const screen = useCallback((): ScreenSize => {
    const { width, height } = store.getState()
    return { width, height }
  }, [store])
  useEffect(() => setLookedAt(() => (shown.current ? spotOf(flow.getViewport(), screen()) : null)), [flow, screen])
  const free = useCallback(
    () => freePart(screen(), now ? { left, bottom } : nothingCovered),
    [screen, left, bottom, now],
  )
  const isSeen = useCallback(
    (box: SceneBox) => contains(inLayout(partFor(box, free()), flow.getViewport()), headOf(box)),
    [flow, free],
  )
  useEffect(
    () =>
      setInSight((tensor) => {
        const box = shown.current && lookupsOf(shown.current.scene).ports.get(tensor)?.box
        return box != null && isSeen(box)
      }),
    [isSeen],
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
    shown.current = { model, scene, unfolded }
    const { boxes } = lookupsOf(scene)
    const before = flow.getViewport()
    const after = previous?.model === model ? stayed(previous.scene, scene) : opening(scene)
    void flow.setViewport(after)
    held.current = null
    restoring.current = null
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
      if (restoring.current) return viewportAt(restoring.current, screen())
      const area = areaOnScreen(before, screen())
      const middle = { x: area.x + area.width / 2, y: area.y + area.height / 2 }
      const holding = held.current === null ? undefined : lookupsOf(old).boxes.get(held.current)
      const from =
        holding && there.has(holding.id) ? holding : nearestBox(old.boxes, middle, (box) => there.has(box.id))
      const to = from && there.get(from.id)
      if (!from || !to) return opening(next)
      const kept = keepingPlace(before, from, to, next.direction)
      const part = partFor(to, free())
      const seen = from === holding ? movedInto(kept, mustSee(to, part, kept.zoom, next.direction), part) : kept
      return keepingInView(seen, to, next.boxes, screen())
    }
  }, [model, scene, unfolded, measured, flow, screen, free, opening, centre, onChange])

  const hold = useCallback((id: string) => {
    held.current = id
  }, [])

  const bring = useCallback(
    (id: string, onlyIfHidden = false) => {
      const box = shown.current && lookupsOf(shown.current.scene).boxes.get(id)
      if (!box) awaited.current = id
      else if (!onlyIfHidden || !isSeen(box)) centre(box)
    },
    [isSeen, centre],
  )

  const uncover = useCallback(
    (box: SceneBox) => {
      const viewport = flow.getViewport()
      const { width, height } = screen()
      const [seen, part] = [onScreen(box, viewport), free()]
      if (!now || !onView(seen, { width, height })) return
      // Of a frame its header is seen anyway, if there is room for it beside the panel.
      if (box.unfolded && (seen.width > part.width || bottom > 0)) return
      const rect = box.unfolded ? { ...seen, y: part.y, height: 0 } : seen
      const under = rect.x < left || rect.y + rect.height > height * (1 - bottom)
      if (!under) return
      const moved = movedInto({ x: 0, y: 0, zoom: 1 }, rect, part)
      const after = { zoom: viewport.zoom, x: viewport.x + moved.x, y: viewport.y + moved.y }
      void flow.setViewport(after, { duration: duration() })
    },
    [flow, screen, free, left, bottom, now],
  )

  const restore = useCallback(
    (spot: Spot) => {
      awaited.current = null
      if (shown.current && same(shown.current.unfolded, unfolded)) {
        void flow.setViewport(viewportAt(spot, screen()), { duration: duration() })
      } else restoring.current = spot
    },
    [flow, screen, unfolded],
  )

  const fit = useCallback(() => {
    const laid = shown.current?.scene
    if (!laid) return
    const corner = map ? { corner: mapRoom(laid) } : {}
    const viewport = fitting(laid, screen(), { ...corner, covered: { left, bottom, now } })
    void flow.setViewport(viewport, { duration: duration() })
  }, [flow, screen, left, bottom, now, map])

  const zoomTo = useCallback(
    (box: SceneBox) => {
      const { zoom, x, y } = fitting(box, screen(), { most: 1.4, covered: { left, bottom, now } })
      const viewport = { zoom, x: x - box.x * zoom, y: y - box.y * zoom }
      void flow.setViewport(viewport, { duration: duration() })
    },
    [flow, screen, left, bottom, now],
  )

  return { hold, bring, uncover, restore, fit, zoomTo }
}

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a === b || (a.size === b.size && [...a].every((path) => b.has(path)))

/** A part of the screen as a part of the layout. */
function inLayout(part: Rect, { x, y, zoom }: Viewport): Rect {
  return { x: (part.x - x) / zoom, y: (part.y - y) / zoom, width: part.width / zoom, height: part.height / zoom }
}

/** What must be seen of a box: all of it, or a frame's header. */
function headOf(box: SceneBox): SceneBox {
  return box.unfolded ? { ...box, width: Math.min(box.width, 200), height: 40 } : box
}
