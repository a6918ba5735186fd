import type { KeptTraining, TrainingState } from '../../kept-training'

/** What is found of a training: without its state, it begins again and comes to the same. */
export interface FoundTraining {
  readonly training: KeptTraining
  /** Gives null where there is none, or none that can be read. */
  readonly state: () => Promise<TrainingState | null>
}

/** Where trainings outlast the session that they run in: one of each network. */
export interface TrainingShelf {
  /** What is kept of a network's training, `damaged` where that cannot be read, or null. */
  find(network: string): Promise<FoundTraining | 'damaged' | null>
  /** Puts a training in the place of what is kept; without a state that of before stays. */
  keep(training: KeptTraining, state: TrainingState | null): Promise<void>
  forget(network: string): Promise<void>
}

/**
 * Trainings in memory, and on a shelf on disk where there is one. What does not go there, as where the disk is full, is held
 * in memory alone.
 */
export class LastingTrainings {
  #disk: Promise<TrainingShelf | null> = Promise.resolve(null)
  readonly #held = new Map<string, { training: KeptTraining; state: TrainingState | null }>()

  /** Puts them on that shelf from now on; one that cannot be had is none. */
  use(shelf: Promise<TrainingShelf>): void {
    this.#disk = shelf.catch(() => null)
  }

  async find(network: string): Promise<FoundTraining | 'damaged' | null> {
    const held = this.#held.get(network)
    if (held) return { training: held.training, state: () => Promise.resolve(held.state) }
    const disk = await this.#disk
    // A disk that gives nothing, as where site data were deleted, keeps no training from being done.
    const found = await disk?.find(network).catch(() => 'damaged' as const)
    if (!found || found === 'damaged') return found ?? null
    return { training: found.training, state: () => found.state().catch(() => null) }
  }

  /** Whether what is kept of a network's training is in memory alone. */
  holds(network: string): boolean {
    return this.#held.has(network)
  }

  /** Whether it is on disk now. */
  async keep(training: KeptTraining, state: TrainingState | null): Promise<boolean> {
    const { network } = training
    const disk = await this.#disk
    try {
      await disk?.keep(training, state)
      if (disk) {
        this.#held.delete(network)
        return true
      }
    } catch {
      // It goes on in memory, and whoever asked is told.
    }
    const before = this.#held.get(network)
    const same = before?.training.id === training.id ? before.state : null
    this.#held.set(network, { training, state: state ?? same })
    return false
  }

  async forget(network: string): Promise<void> {
    this.#held.delete(network)
    const disk = await this.#disk
    await disk?.forget(network)
  }
}
