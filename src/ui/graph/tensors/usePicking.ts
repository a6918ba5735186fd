import { useCallback, useState } from 'react'
import type { Point } from '../../../layout/types'
import type { GraphViewProps, Picked } from '../types'
import { lookupsOf } from '../lookups'
import type { Scene } from '../../../view/scene/types'

/** Picking tensors: by a click a tensor is selected, with shift it joins the cut. */
export function usePicking({ cut, onSelect, onCut }: GraphViewProps, scene: Scene | null) {
  const [picked, setPicked] = useState<Picked | null>(null)

  const pickTensor = useCallback(
    (tensor: string, at: Point | null, byKeyboard: boolean) => {
      setPicked({ tensor, at, byKeyboard })
      onSelect({ kind: 'tensor', name: tensor })
    },
    [onSelect],
  )

  const pickChip = useCallback(
    (tensor: string, add: boolean, at: Point | null = null) => {
      const port = scene && lookupsOf(scene).ports.get(tensor)?.port
      if (add && port?.canCut && !cut.includes(tensor)) onCut(tensor, true)
      // What cannot be cut says why in its card.
      else pickTensor(tensor, at, false)
    },
    [scene, cut, onCut, pickTensor],
  )

  return { picked, pickTensor, pickChip }
}
