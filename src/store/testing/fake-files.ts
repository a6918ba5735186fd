import type { FilesApi, FilesWorker } from '../../workers/files'
import type { KeptModels } from '../../workers/kept-models'
import { FakeLife } from './fake-life'

/** A files worker for tests of the store, over what the real one is over. */
export function fakeFiles(life: FakeLife, models: KeptModels): FilesWorker {
  const answering =
    <Args extends unknown[], Result>(name: keyof FilesApi, answer: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      await life.met(name, args)
      return answer(...args)
    }
  const api: FilesApi = {
    use: answering('use', (kind) => models.use(kind)),
    keep: answering('keep', (key, blob) => models.keep(key, blob)),
    read: answering('read', (key) => models.read(key)),
    tidy: answering('tidy', (wanted) => models.tidy(wanted)),
    forget: answering('forget', (model) => models.forget(model)),
  }
  return { api: api as FilesWorker['api'], terminate: life.terminate }
}
