/** Folders and files in memory, as far as `openOpfs` asks of a private file system. */
export type FakeFolder = Map<string, FakeFolder | Blob>

const notFound = (): DOMException => new DOMException('It is not there.', 'NotFoundError')

/** The handle of a folder. */
export class FakeFolderHandle {
  readonly folder: FakeFolder

  constructor(folder: FakeFolder) {
    this.folder = folder
  }

  getDirectoryHandle(name: string, { create = false } = {}): Promise<FakeFolderHandle> {
    const there = this.folder.get(name)
    if (there instanceof Map) return Promise.resolve(new FakeFolderHandle(there))
    if (!create) return Promise.reject(notFound())
    const made: FakeFolder = new Map()
    this.folder.set(name, made)
    return Promise.resolve(new FakeFolderHandle(made))
  }

  getFileHandle(name: string, { create = false } = {}): Promise<FakeFileHandle> {
    if (create && !this.folder.has(name)) this.folder.set(name, new Blob())
    return this.folder.get(name) instanceof Blob
      ? Promise.resolve(new FakeFileHandle(this.folder, name))
      : Promise.reject(notFound())
  }

  removeEntry(name: string): Promise<void> {
    const there = this.folder.get(name)
    // Who still has the folder's handle finds nothing in it.
    if (there instanceof Map) there.clear()
    return this.folder.delete(name) ? Promise.resolve() : Promise.reject(notFound())
  }

  *entries(): Generator<[string, unknown]> {
    for (const [name, entry] of this.folder) yield [name, entry instanceof Map ? new FakeFolderHandle(entry) : entry]
  }

  keys(): IterableIterator<string> {
    return this.folder.keys()
  }
}

class FakeFileHandle {
  #folder: FakeFolder
  #name: string

  constructor(folder: FakeFolder, name: string) {
    this.#folder = folder
    this.#name = name
  }

  getFile(): Promise<Blob> {
    const there = this.#folder.get(this.#name)
    return there instanceof Blob ? Promise.resolve(there) : Promise.reject(notFound())
  }

  async createSyncAccessHandle(): Promise<object> {
    let content = await this.getFile()
    return {
      write: (bytes: ArrayBuffer, { at }: { at: number }): number => {
        content = new Blob([content.slice(0, at), bytes])
        return bytes.byteLength
      },
      close: () => {
        if (this.#folder.has(this.#name)) this.#folder.set(this.#name, content)
      },
    }
  }

  async move({ folder }: FakeFolderHandle, name: string): Promise<void> {
    const content = await this.getFile()
    this.#folder.delete(this.#name)
    folder.set(name, content)
    this.#folder = folder
    this.#name = name
  }
}
