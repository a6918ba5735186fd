import { vi } from 'vitest'
import * as errors from '../../errors'
import { FakeWorkers } from './fake-workers'

/** A fresh store on fake workers, with one model open; there is no disk, so it goes on in memory. */
export async function beginStore() {
  vi.resetModules()
  const fakes = new FakeWorkers()
  // One class of errors for the test and all that is imported again.
  vi.doMock('../../errors', () => errors)
  vi.doMock('../../workers/compute', () => ({
    createComputeWorker: fakes.createComputeWorker,
    listener: (listen: unknown) => listen,
  }))
  vi.doMock('../../workers/images', () => ({
    createImageWorker: fakes.createImageWorker,
    filesListener: (listener: unknown) => listener,
  }))
  vi.doMock('../../workers/files', () => ({ createFilesWorker: fakes.createFilesWorker }))
  vi.doMock('../../workers/project', () => ({
    createProjectWorker: fakes.createProjectWorker,
    progressListener: (listener: unknown) => listener,
  }))
  vi.doMock('../../workers/view', () => ({ createViewWorker: fakes.createViewWorker }))
  const { openModel } = await import('../model/opening')
  const { keeps } = await import('../keeping/keeping')
  const { startStore } = await import('../start')
  const { startWorkbench } = await import('../start-workbench')
  const { getState, setState } = await import('../state/state')
  startStore()
  startWorkbench()
  await keeps()
  setState(({ backend }) => ({ backend: { ...backend, name: 'wasm', probeMs: { wasm: 1 } } }))
  const open = (name: string) => openModel({ files: [{ path: `${name}.pb`, blob: new Blob([name]) }] })
  await open('net')
  return { fakes, open, getState, setState }
}
