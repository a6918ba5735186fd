import { toErrorRecord } from '../../errors'
import { openHere, type OpenHere } from './here'
import { hdf5Module } from './library'
import type { Hdf5Reply, Hdf5Request } from './protocol'

/** The thread of one HDF5 file at a time, where libhdf5 may loop: whoever started it ends it then. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope

/** The library's memory never shrinks: with more than this the thread takes no other file. */
const mostBytes = 2 ** 26

/** Nor does any file need more than this: damaged ones can have the library take all memory there is. */
const limitBytes = 2 ** 29
const pageBytes = 2 ** 16

type Grow = (this: WebAssembly.Memory, pages: number) => number
const { prototype } = WebAssembly.Memory
const plainGrow = Object.getOwnPropertyDescriptor(prototype, 'grow')?.value as Grow
const limitedGrow: Grow = function (pages) {
  // Emscripten catches it, and the library is told that there is none.
  if (this.buffer.byteLength + pages * pageBytes > limitBytes) throw new RangeError('no more memory')
  return plainGrow.call(this, pages)
}
prototype.grow = limitedGrow

let open: OpenHere | undefined
let isTrapped = false

function say(reply: Hdf5Reply, transfer: Transferable[] = []): void {
  scope.postMessage(reply, transfer)
}

function alive(share: number): void {
  say({ kind: 'alive', share })
}

async function answer(request: Hdf5Request): Promise<void> {
  switch (request.kind) {
    case 'open':
      open = await openHere(request.source, alive, () => {
        isTrapped = true
      })
      return say({ kind: 'index', index: open.index })
    case 'read': {
      if (!open) throw new Error('no file is open')
      const bytes = open.read(request.path)
      return say({ kind: 'values', bytes }, [bytes.buffer])
    }
    case 'close': {
      open?.close()
      open = undefined
      const { library } = await hdf5Module()
      return say({ kind: 'closed', reusable: !isTrapped && library.HEAPU8.length <= mostBytes })
    }
  }
}

scope.addEventListener('message', ({ data }: MessageEvent<Hdf5Request>) => {
  answer(data).catch((error: unknown) => say({ kind: 'error', error: toErrorRecord(error) }))
})
