import { CutpointError } from '../../errors'
import type { SourceFile } from '../../formats/types'
import type { OwnNetwork } from '../../graph/graft/network/types'
import type { TrainedTail } from '../../graph/tail/trained-tail'
import { tuningModule } from '../tuning/load'
import type { AnalysedModel } from '../model/types'
import type { NumberedModel } from '../run/compiled-trunks'
import type { TrainedHead } from './types'

/** What a session holds; asked for what is not there it says what to do. */
export class Held {
  /** Tensors cut at; empty while there is no cut. */
  cut: readonly string[] = []
  /** The current head. */
  trained: TrainedHead | null = null
  /** The network of one’s own that is to be a head. */
  own: OwnNetwork | null = null
  /** The network as it was trained with a head, and what it was trained to. */
  #tuned: { readonly tail: TrainedTail; readonly model: NumberedModel } | null = null
  /** How many networks were trained so far. */
  #tunings = 0
  #model: (NumberedModel & { readonly files: readonly SourceFile[]; readonly key: string }) | null = null

  /** The number of the model that is open. */
  get id(): number | null {
    return this.#model?.id ?? null
  }

  /** Takes a model in place of the one before, whose cut and head go. */
  open(analysed: AnalysedModel, id: number, files: readonly SourceFile[], key: string): void {
    void this.#model?.analysed.read.close?.()
    this.#model = { analysed, id, files, key }
    this.cut = []
    this.trained = null
    this.#tuned = null
  }

  /** The same model, with more known of it. */
  update(analysed: AnalysedModel): void {
    this.#tuned = null
    this.#model = { ...this.model(), analysed }
  }

  /**
   * The open model, its files and the key that names it over visits. Throws `no-model`, or `cancelled` where it is another
   * than the one of the number asked for.
   */
  model(id?: number): NumberedModel & { readonly files: readonly SourceFile[]; readonly key: string } {
    if (this.#model && id !== undefined && this.#model.id !== id) throw openedMeanwhile()
    if (this.#model) return this.#model
    throw new CutpointError('no-model', 'No model is open.', 'Drop a model on the page, or open the built-in sample.')
  }

  /** The open model, with the last layers that were trained with the current head. Throws as `model`, and `cannot-tune`. */
  async modelOfHead(): Promise<NumberedModel> {
    const model = this.model()
    const tail = this.trained?.head.tail ?? null
    if (this.trained === null || tail === null) return model
    if (this.#tuned?.tail === tail && this.#tuned.model.id === model.id) return this.#tuned.model
    const { tunedModel } = await tuningModule()
    const analysed = await tunedModel(model.analysed, this.trained.cut, tail)
    this.#tunings += 1
    this.#tuned = { tail, model: { analysed, id: model.id, tuning: this.#tunings } }
    return this.#tuned.model
  }

  /** The current head. Throws `not-trained`. */
  head(): TrainedHead {
    if (this.trained) return this.trained
    throw new CutpointError('not-trained', 'No head is trained yet.', 'Add photos of at least two labels and train.')
  }
}

const openedMeanwhile = (): CutpointError =>
  new CutpointError('cancelled', 'Another model was opened meanwhile.', 'Do it again with this one.')
