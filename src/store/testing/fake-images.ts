import type { PictureKind } from '../../images/shelf'
import type { ImageWorker } from '../../workers/images'
import type { KeptPictures } from '../../workers/kept-pictures'
import { FakeLife } from './fake-life'

/** An image worker for tests of the store, over what the real one is over; a picture's hash is its text. */
export function fakeImages(life: FakeLife, pictures: KeptPictures): ImageWorker {
  const call = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    await life.met(name, args)
    return answer(pictures, name, args)
  }
  const api = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...args: unknown[]) =>
          call(String(name), args),
    },
  )
  return { api: api as ImageWorker['api'], port: () => new MessageChannel().port1, terminate: life.terminate }
}

function answer(pictures: KeptPictures, name: string, args: readonly unknown[]): unknown {
  switch (name) {
    case 'useFiles':
      return pictures.use(...(args as Parameters<KeptPictures['use']>))
    case 'takeFiles':
      return pictures.take(...(args as Parameters<KeptPictures['take']>))
    case 'tidyPictures':
      return pictures.tidy(...(args as Parameters<KeptPictures['tidy']>))
    case 'forgetPictures':
      return pictures.forget()
    case 'fetch':
      return pictures.shelf.get(...(args as [PictureKind, string]))
    case 'examine':
      return examine(pictures, args[0] as Blob)
    default:
      return undefined
  }
}

async function examine({ shelf }: KeptPictures, blob: Blob): Promise<unknown> {
  const hash = await blob.text()
  await shelf.put('thumbnail', hash, new Blob([`small ${hash}`]))
  await shelf.put('picture', hash, blob)
  return { hash, perceptualHash: '', width: 1, height: 1 }
}
