import type { KeptTraining, TrainingState } from '../kept-training'
import { openDatabase } from './database'
import { asDiskFull } from './disk-full'
import { storedTraining, storedTrainingState } from './schema/training'

const stores = ['trainings', 'trainingStates'] as const

/** Trainings on their way on disk, one of each network. */
export interface TrainingsOnDisk {
  /** `damaged` where what is there cannot be read. Without a state that fits it, it begins again. */
  find(
    network: string,
  ): Promise<
    { readonly training: KeptTraining; readonly state: () => Promise<TrainingState | null> } | 'damaged' | null
  >
  /** All of it or nothing, in place of what is there; without a state that of before stays. */
  keep(training: KeptTraining, state: TrainingState | null): Promise<void>
  forget(network: string): Promise<void>
}

/** Opens the database for trainings. Throws where the browser has none, or keeps sites from it. */
export async function openTrainings(): Promise<TrainingsOnDisk> {
  const database = await openDatabase()
  return {
    async find(network) {
      const record = await database.get('trainings', network)
      if (record === undefined) return null
      const training = storedTraining(record)
      // A state is large, and is read where it is gone on with.
      const state = async (): Promise<TrainingState | null> =>
        training && storedTrainingState(await database.get('trainingStates', network), training)
      return training ? { training, state } : 'damaged'
    },
    async keep(training, state) {
      try {
        const tx = database.transaction(stores, 'readwrite', { durability: 'relaxed' })
        const { network, id } = training
        const done = [
          tx.objectStore('trainings').put(training, network),
          state && tx.objectStore('trainingStates').put({ ...state, training: id }, network),
        ]
        await Promise.all([...done, tx.done])
      } catch (error) {
        throw asDiskFull(error)
      }
    },
    async forget(network) {
      const tx = database.transaction(stores, 'readwrite')
      await Promise.all([...stores.map((store) => tx.objectStore(store).delete(network)), tx.done])
    },
  }
}

/** Deletes trainings of all networks but these. */
export async function tidyTrainings(networks: readonly string[]): Promise<void> {
  const database = await openDatabase()
  const tx = database.transaction(stores, 'readwrite')
  for (const store of stores.map((name) => tx.objectStore(name))) {
    for (const key of await store.getAllKeys()) if (!networks.includes(key)) await store.delete(key)
  }
  await tx.done
  database.close()
}
