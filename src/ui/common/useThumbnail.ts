import { useEffect, useState } from 'react'
import { pictureOf } from '../../store/pictures'

/** Address of a photo's thumbnail for as long as it is on screen; null until it is there. */
export function useThumbnail(hash: string): string | null {
  const [made, setMade] = useState<{ readonly hash: string; readonly url: string } | null>(null)
  useEffect(() => {
    let live = true
    let url: string | null = null
    pictureOf('thumbnail', hash).then(
      (blob) => {
        if (!live || !blob) return
        url = URL.createObjectURL(blob)
        setMade({ hash, url })
      },
      () => undefined,
    )
    return () => {
      live = false
      if (url !== null) URL.revokeObjectURL(url)
    }
  }, [hash])
  return made?.hash === hash ? made.url : null
}
