import { useEffect, useState } from 'react'
import { borrowThumbnail, thumbnailAt } from './thumbnails'

/** Address of a photo's thumbnail for as long as it is on screen; null until it is there. */
export function useThumbnail(hash: string): string | null {
  const [made, setMade] = useState<{ readonly hash: string; readonly url: string } | null>(null)
  useEffect(() => borrowThumbnail(hash, (url) => setMade({ hash, url })), [hash])
  return made?.hash === hash ? made.url : thumbnailAt(hash)
}
