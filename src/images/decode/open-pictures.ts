/** A decoded picture takes four bytes a pixel, some 50 MB for a phone's photo: few are open at once. */
const mostOpen = 3

interface OpenPicture {
  readonly bitmap: Promise<ImageBitmap>
  users: number
}

/** Opens the picture called `key`, hands it to `work`, and closes it. */
export type WithPicture = <Result>(
  key: string | null,
  open: () => Promise<ImageBitmap>,
  work: (bitmap: ImageBitmap) => Result | Promise<Result>,
) => Promise<Result>

/**
 * Pictures that are being worked on. More than a few at once wait for their turn; who asks for one that is open, as the
 * changed copies of a photo do, shares it.
 */
export function openPictures(): WithPicture {
  const open = new Map<string, OpenPicture>()
  const waiting: (() => void)[] = []
  let free = mostOpen

  const turn = async (): Promise<void> => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const done = (): void => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
  const inTurn = async (load: () => Promise<ImageBitmap>): Promise<ImageBitmap> => {
    await turn()
    try {
      return await load()
    } catch (error) {
      done()
      throw error
    }
  }

  return async (key, load, work) => {
    const shared = key === null ? undefined : open.get(key)
    const picture = shared ?? { bitmap: inTurn(load), users: 0 }
    if (key !== null) open.set(key, picture)
    picture.users++
    let bitmap: ImageBitmap | null = null
    try {
      bitmap = await picture.bitmap
      return await work(bitmap)
    } finally {
      picture.users--
      if (picture.users === 0) {
        if (key !== null) open.delete(key)
        if (bitmap) {
          bitmap.close()
          done()
        }
      }
    }
  }
}
