import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { asCutpointError, type CutpointError } from '../../errors'
import { visibleBoxes } from '../../layout/visible'
import { nextTask } from '../../next-task'
import type { GraphViewProps } from './types'
import { lookupsOf } from './lookups'
import type { Marks, Scene } from '../../view/scene/types'

interface SceneAnswer {
  readonly model: number
  readonly scene: Scene | null
  readonly problem: CutpointError | null
}

/** More boxes than this are looked through in tasks of their own before they are drawn, so that each stays short. */
const many = 60

async function prepared(scene: Scene | null): Promise<Scene | null> {
  if (!scene || scene.boxes.length < many) return scene
  lookupsOf(scene)
  await nextTask()
  visibleBoxes(scene, { x: 0, y: 0, width: 1, height: 1 }, 1)
  await nextTask()
  return scene
}

interface MarksFor {
  readonly scene: Scene
  readonly cut: readonly string[]
  readonly marks: Marks
}

/** After so long, in milliseconds, the user is told that something is going on. */
const patience = 300

const nothing = { scene: null, problem: null }

export interface EngineScene {
  /** null until the first one is there. */
  readonly scene: Scene | null
  readonly marks: Marks | null
  readonly problem: CutpointError | null
  /** Whether a new scene takes long. */
  readonly slow: boolean
}

/** The scene of what is unfolded, as soon as the engine has it; until then the one before, or null for a new model. */
export function useEngineScene(props: GraphViewProps, unfolded: ReadonlySet<string>): EngineScene {
  const { engine, model, direction, constants, complete, cut } = props
  const [answer, setAnswer] = useState<SceneAnswer | null>(null)
  const [made, setMade] = useState<MarksFor | null>(null)
  const [slow, setSlow] = useState(false)
  const latestCut = useRef(cut)
  useEffect(() => {
    latestCut.current = cut
  }, [cut])

  useEffect(() => {
    let overtaken = false
    const timer = setTimeout(() => setSlow(true), patience)
    const done = () => {
      clearTimeout(timer)
      setSlow(false)
    }
    const cutThen = latestCut.current
    const ready = engine.scene(model, { unfolded: [...unfolded], direction, constants, cut: cutThen }).then(prepared)
    ready.then(
      (scene) => {
        if (!scene || overtaken) return
        done()
        // At once, so that boxes, lines and viewport change in the same frame.
        flushSync(() => {
          setAnswer({ model, scene, problem: null })
          setMade({ scene, cut: cutThen, marks: scene.marks })
        })
      },
      (error: unknown) => {
        if (overtaken) return
        done()
        setAnswer({ model, scene: null, problem: asCutpointError(error) })
      },
    )
    return () => {
      overtaken = true
      clearTimeout(timer)
    }
    // `complete` is asked for nothing here, but what is known then changes what the scene says.
  }, [engine, model, unfolded, direction, constants, complete])

  const { scene, problem } = answer?.model === model ? answer : nothing

  useEffect(() => {
    if (!scene || !made || (made.scene === scene && made.cut === cut)) return
    let overtaken = false
    engine.marks(model, cut).then(
      (marks) => {
        if (marks && !overtaken) setMade({ scene, cut, marks })
      },
      () => undefined,
    )
    return () => {
      overtaken = true
    }
  }, [engine, model, scene, made, cut])

  return { scene, marks: made?.scene === scene ? made.marks : null, problem, slow }
}
