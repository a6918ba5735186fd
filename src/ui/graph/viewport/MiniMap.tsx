import { useReactFlow, useStoreApi, type ReactFlowState } from '@xyflow/react'
import { X } from 'lucide-react'
import { memo, useEffect, useMemo, useRef, type PointerEvent, type ReactNode } from 'react'
import { graphTexts } from '../../../texts/model/graph'
import { mapPaths, onMap, scaleOf } from './map-scale'
import styles from './MiniMap.module.css'
import { areaOnScreen } from './viewport'
import type { Scene } from '../../../view/scene/types'

interface MiniMapProps {
  readonly scene: Scene
  readonly onHide: () => void
}

/** The whole picture in small, with what is on screen; a click goes there, and the rectangle can be dragged. */
export const MiniMap = memo(function MiniMap({ scene, onHide }: MiniMapProps): ReactNode {
  const flow = useReactFlow()
  const store = useStoreApi()
  const screenRect = useRef<HTMLDivElement>(null)
  const scale = useMemo(() => scaleOf(scene), [scene])
  const paths = useMemo(() => mapPaths(scene, scale), [scene, scale])

  useEffect(() => {
    // Written to the element itself: this happens on each frame while the view is moved.
    const follow = ({ transform: [x, y, zoom], width, height }: ReactFlowState) => {
      const rect = onMap(areaOnScreen({ x, y, zoom }, { width, height }), scale)
      const element = screenRect.current
      if (!element) return
      element.style.transform = `translate(${rect.x}px, ${rect.y}px)`
      element.style.width = `${rect.width}px`
      element.style.height = `${rect.height}px`
    }
    follow(store.getState())
    return store.subscribe(follow)
  }, [store, scale])

  const go = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons === 0) return
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const { width, height } = store.getState()
    const zoom = flow.getZoom()
    const at = { x: (event.clientX - left) / scale.x, y: (event.clientY - top) / scale.y }
    void flow.setViewport({ zoom, x: width / 2 - at.x * zoom, y: height / 2 - at.y * zoom })
  }

  return (
    <div className={styles.map} aria-hidden>
      <div
        className={styles.picture}
        data-testid="map"
        style={{ width: scale.width, height: scale.height }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          go(event)
        }}
        onPointerMove={go}
      >
        <svg width={scale.width} height={scale.height}>
          {paths.map(({ kind, path }) => (
            <path key={kind} className={styles[kind]} d={path} style={{ fill: fillOf(kind) }} />
          ))}
        </svg>
        <div ref={screenRect} className={styles.screen} />
      </div>
      <button type="button" tabIndex={-1} className={styles.hide} title={graphTexts.view.hideMap} onClick={onHide}>
        <X size={12} />
      </button>
    </div>
  )
})

const fillOf = (kind: string): string => (kind === 'frame' ? 'var(--border)' : `var(--cat-${kind})`)
