import type { ReactNode } from 'react'
import type { Point } from '../../../layout/types'
import type { ViewEngine } from '../../../view/types'
import { lookupsOf } from '../lookups'
import { TensorCard } from './TensorCard'
import type { Picked, Covered } from '../types'
import { useTensorFacts } from './useTensorFacts'
import { useTrunkSize } from './useTrunkSize'
import type { Scene, SceneBox } from '../../../view/scene/types'

interface PickedTensorProps {
  readonly engine: ViewEngine
  readonly model: number
  readonly complete: boolean
  readonly cut: readonly string[]
  readonly tensor: string
  readonly picked: Picked | null
  readonly scene: Scene
  /** The box of the tensor, or the folded group that holds it. */
  readonly box: SceneBox | undefined
  /** Where panels lie over the graph. */
  readonly covered: Covered
  readonly onCut: (tensor: string, add: boolean) => void
}

/** The card of the selected tensor with what is known of it, where it was picked or where it leaves its box. */
export function PickedTensor(props: PickedTensorProps): ReactNode {
  const { engine, model, complete, cut, tensor, picked, scene, box, covered, onCut } = props
  const port = lookupsOf(scene).ports.get(tensor)?.port
  const facts = useTensorFacts(engine, model, tensor, port, complete)
  const size = useTrunkSize(engine, model, facts?.canCut ? [tensor] : null, 0)
  const own = picked?.tensor === tensor ? picked : null
  const at = own?.at ?? (box && placeAt(tensor, box))
  const byKeyboard = own?.byKeyboard ?? false
  // On a small screen the panel at the bottom has the button, too, and the card would cover what is left of the graph.
  if (!at || (covered.now && covered.bottom > 0 && !byKeyboard)) return null
  return (
    <TensorCard key={tensor} {...{ tensor, facts, complete, size, cut, at, covered, onCut }} takesFocus={byKeyboard} />
  )
}

/** At the tensor's handle, or at the box that holds it. */
function placeAt(tensor: string, box: SceneBox): Point {
  const port = box.outputs.find((output) => output.tensor === tensor)
  return port ?? { x: box.x + box.width / 2, y: box.y + (box.unfolded ? 30 : box.height) }
}
