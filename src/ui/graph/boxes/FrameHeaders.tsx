import { useStoreApi, ViewportPortal, type ReactFlowState } from '@xyflow/react'
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { FrameTitle } from './Boxes'
import styles from './FrameHeaders.module.css'
import { stuckHeaders, type StuckHeader } from './stuck-headers'
import type { Covered } from '../types'
import type { Selection } from '../../../view/selection'
import type { SceneBox } from '../../../view/scene/types'

interface FrameHeadersProps {
  /** Outer ones before those in them. */
  readonly frames: readonly SceneBox[]
  /** Frames drawn as flat rectangles, which have no header. */
  readonly flat: ReadonlySet<string>
  readonly covered: Covered
  /** Id of the selected box. */
  readonly selected: string | null
  readonly onSelect: (selection: Selection) => void
}

/**
 * The headers of frames that have scrolled away, at the edge of what is seen of them. They are for eye and pointer; the
 * keyboard has the frames themselves.
 */
export const FrameHeaders = memo(function FrameHeaders(props: FrameHeadersProps): ReactNode {
  const { flat, covered, selected, onSelect } = props
  const { left, bottom, now } = covered
  const frames = useMemo(() => props.frames.filter(({ id }) => !flat.has(id)), [props.frames, flat])
  const store = useStoreApi()
  const layer = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState<readonly string[]>([])

  const stuckAt = useCallback(
    ({ transform: [x, y, zoom], width, height }: ReactFlowState) =>
      stuckHeaders(frames, { x, y, zoom }, { width, height }, { left, bottom, now }),
    [frames, left, bottom, now],
  )

  useLayoutEffect(() => {
    const follow = (state: ReactFlowState) => {
      const stuck = stuckAt(state)
      // Written to the elements themselves: this happens on each frame while the view is moved.
      place(layer.current, stuck, state.transform)
      setShown((before) => (sameIds(before, stuck) ? before : stuck.map(({ id }) => id)))
    }
    follow(store.getState())
    return store.subscribe(follow)
  }, [store, stuckAt])

  useLayoutEffect(() => {
    const state = store.getState()
    place(layer.current, stuckAt(state), state.transform)
  }, [store, stuckAt, shown])

  useEffect(() => {
    // One header is enough where the frame's own is still seen in part.
    const view = layer.current?.closest('.react-flow__viewport')
    const own = shown.map((id) => view?.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`))
    for (const node of own) node?.setAttribute('data-header-away', '')
    return () => {
      for (const node of own) node?.removeAttribute('data-header-away')
    }
  }, [shown, frames])

  const byId = new Map(frames.map((frame) => [frame.id, frame]))
  return (
    <ViewportPortal>
      <div ref={layer} className={styles.layer} aria-hidden>
        {shown.map((id) => {
          const frame = byId.get(id)
          return (
            frame && (
              <div
                key={id}
                className={styles.header}
                data-stuck={id}
                data-selected={id === selected}
                title={frame.name}
                onClick={() => onSelect({ kind: 'scope', name: frame.name })}
              >
                <FrameTitle face={frame} />
              </div>
            )
          )
        })}
      </div>
    </ViewportPortal>
  )
})

function place(
  layer: HTMLElement | null,
  stuck: readonly StuckHeader[],
  [x, y, zoom]: ReactFlowState['transform'],
): void {
  const byId = new Map(stuck.map((header) => [header.id, header]))
  for (const element of layer?.querySelectorAll<HTMLElement>('[data-stuck]') ?? []) {
    const header = byId.get(element.dataset.stuck ?? '')
    if (!header) continue
    element.style.transform = `translate(${(header.x - x) / zoom}px, ${(header.y - y) / zoom}px) scale(${1 / zoom})`
    element.style.maxWidth = `${Math.round(header.width)}px`
  }
}

const sameIds = (ids: readonly string[], stuck: readonly StuckHeader[]): boolean =>
  ids.length === stuck.length && ids.every((id, i) => id === stuck[i].id)
