import { useEffect, useState } from 'react'
import { pictureOf } from '../../store/photos/picture-of'

interface Picture {
  /** Where it can be shown from; null until it is there. */
  readonly address: string | null
  /** Whether it is not on the shelf any more. */
  readonly gone: boolean
}

/** A photo's file as it was added, for as long as it is on screen. */
export function usePicture(hash: string): Picture {
  const [made, setMade] = useState<Picture & { readonly hash: string }>({ hash, address: null, gone: false })
  useEffect(() => {
    let live = true
    let address: string | null = null
    pictureOf('picture', hash)
      .catch(() => null)
      .then((blob) => {
        if (!live) return
        if (blob) address = URL.createObjectURL(blob)
        setMade({ hash, address, gone: blob === null })
      })
      .catch(() => undefined)
    return () => {
      live = false
      if (address !== null) URL.revokeObjectURL(address)
    }
  }, [hash])
  return made.hash === hash ? made : { address: null, gone: false }
}
