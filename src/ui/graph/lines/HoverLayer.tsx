import { useReactFlow, ViewportPortal } from '@xyflow/react'
import { memo, useEffect, useMemo, useState, type ReactNode, type RefObject } from 'react'
import { edgePath } from '../../../layout/edge-path'
import type { Edge, Point } from '../../../layout/types'
import type { ViewEngine } from '../../../view/types'
import { shorten } from '../../common/format'
import styles from './HoverLayer.module.css'
import { lookupsOf } from '../lookups'
import { nearestWire } from './near-wire'
import { traceOf, type Trace } from './trace'
import { trunkText } from '../tensors/trunk-text'
import { useTrunkSize } from '../tensors/useTrunkSize'
import wireStyles from './Wires.module.css'
import type { Scene } from '../../../view/scene/types'

interface HoverLayerProps {
  readonly element: RefObject<HTMLElement | null>
  readonly scene: Scene
  /** Those that are drawn. */
  readonly edges: readonly Edge[]
  /** Changes whenever other boxes are drawn. */
  readonly drawn: unknown
  readonly engine: ViewEngine
  readonly model: number
  readonly cut: readonly string[]
  /** The tensor whose card is open; it needs no other words. */
  readonly told: string | null
}

interface Hovered {
  readonly tensor: string
  /** The pointer, from the view's upper left corner. */
  readonly at: Point
}

/** A tensor is lit when the pointer has rested on it for so long, in milliseconds. */
const rest = 90
/** How near the pointer must be to a line, in pixels on screen. */
export const wireReach = 7

/** Lights the way of the tensor under the pointer, up and down, and tells what a cut there would keep. */
export const HoverLayer = memo(function HoverLayer(props: HoverLayerProps): ReactNode {
  const { element, scene, edges, drawn, engine, model, cut, told } = props
  const hovered = useHovered(element, scene, edges)
  const found = hovered && lookupsOf(scene).ports.get(hovered.tensor)
  const box = found?.box.id ?? null
  const tensor = found ? hovered.tensor : null
  const trace = useMemo(
    () => (tensor !== null && box !== null ? traceOf(tensor, box, lookupsOf(scene)) : null),
    [tensor, box, scene],
  )
  useLitBoxes(element, trace, drawn)
  const paths = useMemo(() => trace && tracedPaths(trace, edges, scene.direction), [trace, edges, scene])
  const port = found?.port
  const size = useTrunkSize(engine, model, tensor !== null && port?.canCut ? [tensor] : null, 120)
  if (!hovered || !port || !paths) return null
  return (
    <>
      <ViewportPortal>
        <svg className={styles.traces} aria-hidden>
          {paths.map(({ way, path }) => (
            <path key={way} className={wireStyles.traced} data-way={way} d={path} />
          ))}
        </svg>
      </ViewportPortal>
      {hovered.tensor !== told && (
        <div className={styles.tip} style={place(hovered.at, element.current)} data-testid="tensor-tip">
          <p className={styles.name}>{shorten(hovered.tensor, 46)}</p>
          <p>{[port.shape, port.dtype].filter(Boolean).join(' · ')}</p>
          {port.canCut ? (
            <p className={styles.cut}>
              {cut.includes(hovered.tensor) ? 'The cut is here' : 'Cut here'}
              {size ? `: ${trunkText(size)}` : ''}
              {port.recommended && !cut.includes(hovered.tensor) ? ' · recommended' : ''}
            </p>
          ) : (
            port.why !== null && <p>Cannot be cut: {port.why}</p>
          )}
        </div>
      )}
    </>
  )
})

/** The tensor whose chip or line the pointer rests on. */
function useHovered(element: RefObject<HTMLElement | null>, scene: Scene, edges: readonly Edge[]): Hovered | null {
  const { screenToFlowPosition, getZoom } = useReactFlow()
  const [hovered, setHovered] = useState<Hovered | null>(null)

  useEffect(() => {
    const view = element.current
    if (!view) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let pending: string | null = null
    let frame: number | undefined

    const found = (event: PointerEvent): string | null => {
      const target = event.target instanceof Element ? event.target : null
      const chip = target?.closest('[data-tensor]')
      if (chip) return chip.getAttribute('data-tensor')
      if (!target?.classList.contains('react-flow__pane')) return null
      const point = screenToFlowPosition({ x: event.clientX, y: event.clientY })
      return nearestWire(edges, scene.direction, point, wireReach / getZoom())?.tensor ?? null
    }
    const settle = (event: PointerEvent) => {
      frame = undefined
      const tensor = found(event)
      view.toggleAttribute('data-over-wire', tensor !== null)
      if (tensor === pending) return
      pending = tensor
      clearTimeout(timer)
      const { left, top } = view.getBoundingClientRect()
      const at = { x: event.clientX - left, y: event.clientY - top }
      timer = setTimeout(() => setHovered(tensor === null ? null : { tensor, at }), rest)
    }
    const onMove = (event: PointerEvent) => {
      // A finger taps; a pressed button moves the view.
      if (event.pointerType === 'touch' || event.buttons !== 0) return
      if (frame !== undefined) cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => settle(event))
    }
    const onLeave = () => {
      pending = null
      clearTimeout(timer)
      setHovered(null)
    }
    view.addEventListener('pointermove', onMove)
    view.addEventListener('pointerdown', onLeave)
    view.addEventListener('pointerleave', onLeave)
    view.addEventListener('wheel', onLeave, { passive: true })
    return () => {
      if (frame !== undefined) cancelAnimationFrame(frame)
      clearTimeout(timer)
      view.removeEventListener('pointermove', onMove)
      view.removeEventListener('pointerdown', onLeave)
      view.removeEventListener('pointerleave', onLeave)
      view.removeEventListener('wheel', onLeave)
    }
  }, [element, scene, edges, screenToFlowPosition, getZoom])

  return hovered
}

/** Marks boxes in the DOM rather than in React's data, so that moving the pointer costs next to nothing. */
function useLitBoxes(element: RefObject<HTMLElement | null>, trace: Trace | null, drawn: unknown): void {
  useEffect(() => {
    const view = element.current
    if (!view || !trace) return
    view.setAttribute('data-tracing', '')
    for (const one of view.querySelectorAll('.react-flow__node, [data-box]')) {
      const id = one.getAttribute('data-id') ?? one.getAttribute('data-box') ?? ''
      one.toggleAttribute('data-traced', trace.up.has(id) || trace.down.has(id))
    }
    return () => view.removeAttribute('data-tracing')
  }, [element, trace, drawn])
}

function tracedPaths(trace: Trace, edges: readonly Edge[], direction: Scene['direction']) {
  const ways = [
    { way: 'up', ids: trace.upEdges },
    { way: 'down', ids: trace.downEdges },
    { way: 'own', ids: trace.ownEdges },
  ]
  return ways.map(({ way, ids }) => ({
    way,
    path: edges
      .filter(({ id }) => ids.has(id))
      .map(({ points }) => edgePath(points, direction))
      .join(''),
  }))
}

const tip = { width: 300, height: 96, away: 16 } as const

/** Beside the pointer, on the side where there is room. */
function place({ x, y }: Point, view: HTMLElement | null): { left: number; top: number; width: number } {
  const { clientWidth, clientHeight } = view ?? { clientWidth: 0, clientHeight: 0 }
  const left = x + tip.away + tip.width > clientWidth ? x - tip.away - tip.width : x + tip.away
  const top = y + tip.away + tip.height > clientHeight ? y - tip.away - tip.height : y + tip.away
  return { left: Math.max(4, left), top: Math.max(4, top), width: tip.width }
}
