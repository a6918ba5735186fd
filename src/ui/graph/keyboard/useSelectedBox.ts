import { useEffect, useMemo, useState } from 'react'
import type { NodePlace, ViewEngine } from '../../../view/types'
import { lookupsOf } from '../lookups'
import type { Selection } from '../../../view/selection'
import type { Scene, SceneBox } from '../../../view/scene/types'

/** The box of what is selected, or the folded group that holds it. */
export function useSelectedBox(
  engine: ViewEngine,
  model: number,
  scene: Scene | null,
  selected: Selection | null,
): SceneBox | undefined {
  const [answer, setAnswer] = useState<{ readonly selected: Selection; readonly place: NodePlace | null } | null>(null)
  const own = useMemo(() => (scene && selected ? ownBox(scene, selected) : undefined), [scene, selected])
  const missing = selected !== null && scene !== null && own === undefined

  useEffect(() => {
    if (!missing) return
    let overtaken = false
    engine.locate(model, selected).then(
      (place) => {
        if (!overtaken) setAnswer({ selected, place })
      },
      () => undefined,
    )
    return () => {
      overtaken = true
    }
  }, [engine, model, selected, missing])

  return useMemo(() => {
    if (own) return own
    if (!scene || !answer?.place || answer.selected !== selected) return undefined
    return boxOfPlace(answer.place, lookupsOf(scene).boxes)
  }, [own, scene, selected, answer])
}

function ownBox(scene: Scene, { kind, name }: Selection): SceneBox | undefined {
  const { boxes, ports } = lookupsOf(scene)
  if (kind === 'tensor') return ports.get(name)?.box
  return boxes.get(`${kind === 'node' ? 'n' : 'g'}:${name}`)
}

/** The box of a selection in what is shown: its own, or the innermost folded group around it. */
function boxOfPlace(
  place: { readonly box: string; readonly unfold: readonly string[] },
  boxes: ReadonlyMap<string, SceneBox>,
): SceneBox | undefined {
  const own = boxes.get(place.box)
  if (own) return own
  const around = place.unfold.map((path) => boxes.get(`g:${path}`)).filter((box) => box !== undefined)
  return around.find((box) => !box.unfolded) ?? around.at(-1)
}
