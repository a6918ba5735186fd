import { useEffect, useState } from 'react'
import type { CopyChange } from '../../images/augment'
import type { PreparedPicture } from '../../images/service'
import { previewOf } from '../../store/graph-view/cut-preview'
import type { Preprocessing } from '../../types'

/** What the network sees of a picture, to be shown. */
export interface SeenPicture {
  readonly url: string
  readonly values: PreparedPicture['values']
}

/** A slider that is being moved asks once it rests for so many milliseconds. */
const rest = 60

/**
 * What the network sees of a photo and of its changed copies (null: of itself), for as long as it is on screen. While
 * settings change, what was seen before stays until there is something newer; null where nothing is there yet.
 *
 * @param changes the same array as long as they are the same
 */
export function useSeen(
  hash: string | null,
  preprocessing: Preprocessing,
  changes: readonly (CopyChange | null)[],
): readonly SeenPicture[] | null {
  const [made, setMade] = useState<{ readonly of: string; readonly pictures: readonly SeenPicture[] } | null>(null)
  useEffect(() => {
    if (hash === null) return
    let live = true
    const ask = (): void => {
      previewOf(hash, preprocessing, changes).then(
        (seen) => {
          if (!live) return
          const pictures = seen.map(({ picture, values }) => ({ url: URL.createObjectURL(picture), values }))
          setMade({ of: hash, pictures })
        },
        () => undefined,
      )
    }
    const timer = setTimeout(ask, rest)
    return () => {
      live = false
      clearTimeout(timer)
    }
  }, [hash, preprocessing, changes])
  useEffect(() => () => made?.pictures.forEach(({ url }) => URL.revokeObjectURL(url)), [made])
  return made !== null && made.of === hash ? made.pictures : null
}
