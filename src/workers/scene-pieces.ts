import type { Scene } from '../view/scene/types'

/** Boxes, and as many lines, of one message: more at once would hold up the page while they are unpacked. */
const most = 600

/** A scene's beginning, and how many pieces are still to come. */
export interface FirstPiece {
  readonly scene: Scene
  readonly more: number
  /** Tells its pieces from those of other scenes. */
  readonly number: number
}

export type ScenePiece = Pick<Scene, 'boxes' | 'edges'>

/** A scene cut up for messages; a small one is whole in the first. */
export function inPieces(scene: Scene, number: number): { first: FirstPiece; rest: readonly ScenePiece[] } {
  const count = Math.max(1, Math.ceil(Math.max(scene.boxes.length, scene.edges.length) / most))
  const [begin, ...rest] = Array.from({ length: count }, (_, index): ScenePiece => {
    const [from, to] = [index * most, (index + 1) * most]
    return { boxes: scene.boxes.slice(from, to), edges: scene.edges.slice(from, to) }
  })
  return { first: { scene: { ...scene, ...begin }, more: rest.length, number }, rest }
}

/** The scene again, its pieces fetched one by one; null where one is no longer there. */
export async function fromPieces(
  { scene, more }: FirstPiece,
  fetch: (index: number) => Promise<ScenePiece | null>,
): Promise<Scene | null> {
  if (more === 0) return scene
  const boxes = [...scene.boxes]
  const edges = [...scene.edges]
  for (let index = 0; index < more; index++) {
    const piece = await fetch(index)
    if (!piece) return null
    boxes.push(...piece.boxes)
    edges.push(...piece.edges)
  }
  return { ...scene, boxes, edges }
}
