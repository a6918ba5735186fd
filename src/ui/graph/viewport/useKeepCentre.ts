import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'
import { resized, type ScreenSize } from './viewport'
import type { Scene } from '../../../view/scene/types'

/** What is in the middle stays there when the view gets another size, as when a window is made narrow or a tablet turned. */
export function useKeepCentre(scene: Scene | null): void {
  const flow = useReactFlow()
  const store = useStoreApi()
  useEffect(() => {
    if (!scene) return
    let known: ScreenSize = store.getState()
    const follow = ({ width, height }: ScreenSize) => {
      // A view that is put away has no size, and comes back with the one it had, or another.
      if (width === 0 || height === 0 || (known.width === width && known.height === height)) return
      const before = known
      known = { width, height }
      if (before.width > 0) void flow.setViewport(resized(flow.getViewport(), before, known, scene.boxes))
    }
    return store.subscribe(follow)
  }, [flow, store, scene])
}
